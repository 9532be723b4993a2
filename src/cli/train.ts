import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { openRecords, type Records } from '../app/records.ts'
import { ParallaxError } from '../core/errors.ts'
import { jsonPointerSchema, type JsonPointer } from '../core/extraction.ts'
import { localTenant } from '../core/jobs.ts'
import { anyDocument, chooseVersion, ownModelName, ownVersions } from '../onnx/own-model.ts'
import { givenExamples, reviewedExamples, type Example } from '../service/training/examples.ts'
import { findPython, setUpPython } from '../service/training/python.ts'
import { trainType, type Progress, type Trained } from '../service/training/train-type.ts'
import type { Usable } from '../service/training/usable.ts'
import { describe, type Description } from '../service/types/describe.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, countUpTo, ocrOption } from './options.ts'
import { startProgress } from './progress.ts'
import { describeGain } from './train-table.ts'
import { plural, printable } from './text.ts'

interface GivenOptions {
  readonly type?: string
  readonly truth?: string
  readonly group?: JsonPointer
  readonly steps?: number
  readonly anyway?: boolean
  readonly use?: number | 'general'
  readonly setUp?: boolean
  readonly weights?: string
  readonly ocr?: string
  readonly concurrency?: number
}
type TrainOptions = GivenOptions & { readonly type: string }

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function examplesFor(
  records: Records | null,
  type: string,
  inputs: readonly string[],
  { truth, group }: TrainOptions,
): Promise<readonly Example[]> {
  if (!records) return givenExamples({ inputs, cwd: process.cwd(), truth, group })
  return reviewedExamples(records, { tenant: localTenant, type, status: ['reviewed'] }, group)
}

function tellUsable({ documents, leftOut, neverFound }: Usable): void {
  for (const { name, why } of leftOut) say(`${printable(name)} is left out: ${printable(why)}`)
  const values = documents.reduce((sum, { lesson }) => sum + lesson.found.length, 0)
  const lost = documents.reduce((sum, { lesson }) => sum + lesson.lost.length, 0)
  say(
    `${plural(documents.length, 'document')} to learn from; ${values} of ${plural(values + lost, 'value')} were found on them.`,
  )
  if (neverFound.length > 0)
    say(`Nowhere found, and so not learnt: ${neverFound.map((field) => printable(field)).join(', ')}.`)
}

function progressOf(count: number): Progress & Disposable {
  let reading: ReturnType<typeof startProgress> | undefined
  let training: ReturnType<typeof startProgress> | undefined
  return {
    onRead(done) {
      reading ??= startProgress(count, 0)
      reading.update(done)
    },
    onUsable(usable) {
      reading?.stop()
      tellUsable(usable)
      say('Training …')
    },
    onStep(done, total) {
      training ??= startProgress(total, 0, 'steps')
      training.update(done)
    },
    [Symbol.dispose]() {
      reading?.stop()
      training?.stop()
    },
  }
}

function outcome({ name }: Description['type'], spec: string, { gain, version, isInUse }: Trained): string {
  const model = `${ownModelName(name)}/${version}`
  const back = `parallax train --type ${spec} --use`
  return isInUse
    ? `Documents of the type ${name} are read by ${model} from now on; ${back} general takes that back.\nNothing of the type is accepted unseen before parallax calibrate has learnt, from other documents, how far it can be trusted.\n`
    : `It gained ${gain.after > gain.before ? 'next to nothing' : 'nothing'}: ${model} is kept and not in use; ${back} ${version} puts it in use.\n`
}

async function train(inputs: readonly string[], options: TrainOptions): Promise<void> {
  const config = configFor(options)
  const python = await findPython(config.home, config.python)
  const { ocr, vlm } = config
  using interrupt = onInterrupt('Training was stopped; nothing has changed.')
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const request = { spec: options.type, cwd: process.cwd(), route: 'modular', ocr, vlm } as const
  const described = await describe(run, request)
  await using records = inputs.length === 0 ? await openRecords(config) : null
  const examples = await examplesFor(records, described.type.name, inputs, options)
  const started = Date.now()
  const { steps, weights, group, anyway = false } = options
  const trainer = {
    ...{ run, ocr, pageMs: config.pageMs, concurrency: config.concurrency, models: config.ownModels },
    tuning: { python, threads: availableParallelism(), steps, weights },
  }
  const asked = { type: described.type, jsonSchema: described.jsonSchema, group, anyway }
  using progress = progressOf(examples.length)
  const trained = await trainType(trainer, asked, examples, progress, interrupt.signal)
  progress[Symbol.dispose]()
  const minutes = ((Date.now() - started) / 60_000).toFixed(1)
  process.stdout.write(describeGain(trained.gain, minutes, group))
  process.stdout.write(outcome(described.type, options.type, trained))
}

/** Puts a version that was trained before in use, or the model for any document. */
async function use(asked: number | 'general', options: TrainOptions): Promise<void> {
  const version = asked === 'general' ? null : asked
  const config = configFor(options)
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { ocr, vlm } = config
  const request = { spec: options.type, cwd: process.cwd(), route: 'modular', ocr, vlm } as const
  const { name } = (await describe(extraction.reader.run, request)).type
  const versions = await ownVersions(config.ownModels, name)
  if (version !== null && !versions.includes(version))
    throw new ParallaxError(
      'E_NOT_FOUND',
      `There is no version ${version} for the type ${name}; ${versions.length === 0 ? 'none was trained yet' : `there are ${versions.join(', ')}`}.`,
    )
  await chooseVersion(config.ownModels, name, version)
  const model = version === null ? anyDocument : `${ownModelName(name)}/${version}`
  process.stdout.write(`Documents of the type ${name} are read by ${model} from now on.\n`)
}

function versionOf(text: string): number | 'general' {
  if (text === 'general') return text
  const version = Number(text)
  if (Number.isInteger(version) && version >= 1) return version
  throw new InvalidArgumentError('It must be the number of a version, or general.')
}

function pointerOf(text: string): JsonPointer {
  const parsed = jsonPointerSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('It must be a field as a JSON Pointer, such as /seller.')
}

async function setUp(options: GivenOptions): Promise<void> {
  const python = await setUpPython(configFor(options).home, say)
  process.stdout.write(`Training runs with ${python}.\n`)
}

async function run(inputs: readonly string[], { type, ...options }: GivenOptions): Promise<void> {
  if (options.setUp) return setUp(options)
  if (type === undefined)
    throw new ParallaxError('E_BAD_REQUEST', 'Which type? Give --type ./my-schema.json.')
  if (options.use !== undefined) await use(options.use, { ...options, type })
  else await train(inputs, { ...options, type })
}

const help = `
Examples are folders that parallax export wrote, or documents with --truth, or, where
none are given, the documents of the type that were reviewed. The model is measured on
documents that it has not learnt from, kept in the data folder, and used for the type
from then on if it has gained anything. parallax train --set-up makes the Python
environment that this needs, once.`

export function trainCommand(program: Command): void {
  program
    .command('train')
    .description('teach the network for a JSON Schema its documents, from some whose values are known')
    .argument('[examples...]', 'folders of parallax export, or files, folders and globs with --truth')
    .option('-t, --type <type>', 'document type: ./my-schema.json')
    .option(
      '--truth <dir>',
      'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json (default: the folder)',
    )
    .option(
      '--group <field>',
      'documents that share this value are held out together, such as /seller',
      pointerOf,
    )
    .option(
      '--steps <n>',
      'of learning, for each network (default: by the number of pages)',
      countUpTo(10_000),
    )
    .option('--anyway', 'use the model even where it has gained nothing')
    .option('--use <version>', 'train nothing: use this version from now on, or general for none', versionOf)
    .option('--set-up', 'train nothing: make the Python environment that training needs')
    .option('--weights <file>', 'of the general network, where they do not lie beside it')
    .option(...ocrOption)
    .option('-j, --concurrency <n>', 'documents at the same time (default: one a core)', countUpTo(256))
    .addHelpText('after', help)
    .action(run)
}
