import type { Command } from 'commander'
import type { z } from 'zod'
import { defaultType } from '../core/document-type.ts'
import { openExtraction } from '../app/extraction.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { truthSchemaForType, truthSchemaOf, type TruthFormat } from '../datasets/formats.ts'
import { fitCalibration, groupOf, readLabelled, type LabelledFile } from '../service/certifying/calibrate.ts'
import { describe } from '../service/types/describe.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { nameOf, readTruths } from '../service/results/read-truths.ts'
import { writeCalibration } from '../service/certifying/write-calibration.ts'
import type { Truth } from '../scoring/metrics/truth.ts'
import type { Calibration } from '../trust/calibration.ts'
import { configFor, countUpTo, truthFormatOption } from './options.ts'
import { plural } from './text.ts'

interface CalibrateOptions {
  readonly truth: string
  readonly truthFormat?: TruthFormat
  readonly group?: JsonPointer
  readonly type: string
  readonly out: string
  readonly ocr?: string
  readonly vlm?: string
  readonly concurrency?: number
}

async function labelledFiles(
  inputs: readonly string[],
  dir: string,
  schema: z.ZodType<Truth>,
  by: JsonPointer | undefined,
): Promise<readonly LabelledFile[]> {
  const truths = await readTruths(dir, schema)
  const { files } = await expandInputs(inputs, process.cwd())
  const known = files.flatMap((file) => {
    const name = nameOf({ file }, truths)
    const truth = name === null ? undefined : truths.get(name)
    return truth ? [{ file, truth, group: groupOf(file, truth, by) }] : []
  })
  if (known.length === 0)
    throw new ParallaxError('E_BAD_REQUEST', `None of the documents has a truth in ${dir}.`)
  return known
}

function summary({ stages }: Calibration): string {
  const lines = Object.entries(stages).flatMap(([stage, { paths }]) =>
    Object.entries(paths).map(
      ([
        path,
        {
          read: { values, right },
        },
      ]) => {
        const share = Math.round((100 * right) / values)
        return `${stage}, ${path} path: ${plural(values, 'value')}, ${share} % right`
      },
    ),
  )
  return lines.length > 0 ? `${lines.join('\n')}\n` : 'Too few values to fit anything.\n'
}

async function run(inputs: readonly string[], options: CalibrateOptions): Promise<void> {
  const config = configFor(options)
  const { truthFormat: format } = options
  const schema = format ? truthSchemaOf(format) : truthSchemaForType(options.type)
  const files = await labelledFiles(inputs, options.truth, schema, options.group)
  await using extraction = openExtraction(config)
  const { ocr, vlm } = config
  const { type } = await describe(extraction.reader.run, {
    spec: options.type,
    cwd: process.cwd(),
    route: 'auto',
    ocr,
    vlm,
  })
  const calibration = fitCalibration(
    type,
    await readLabelled(extraction.reader, type, files, config.concurrency),
  )
  await writeCalibration(options.out, calibration)
  process.stdout.write(summary(calibration))
}

export function calibrateCommand(program: Command): void {
  program
    .command('calibrate')
    .description(
      'learn from labelled documents how likely values are right; give some that no model was trained on',
    )
    .argument('<inputs...>', 'files, folders and globs')
    .requiredOption('--truth <dir>', 'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json')
    .addOption(truthFormatOption())
    .option(
      '--group <field>',
      'documents that share this value count together as one, such as /merchant/name',
    )
    .option('-t, --type <type>', 'document type: a name, ./my-type.ts or ./my-schema.json', defaultType)
    .requiredOption(
      '-o, --out <dir>',
      'where to write it: receipt-calibration/1 in a folder of models (see PARALLAX_MODELS)',
    )
    .option('--ocr <engine>', 'OCR engine of the modular path')
    .option('--vlm <model>', 'model of the direct path')
    .option('-j, --concurrency <n>', 'documents at the same time (default: one a core)', countUpTo(256))
    .action(run)
}
