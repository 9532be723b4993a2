/**
 * Fits the calibration of receipts that ships: `node --import tsx scripts/fit-receipt-calibration.ts --receipts DIR... --fold FILE
 * --drawn DIR [--out-of-fold DIR] [--out models/receipt-calibration/1] [--concurrency 2]`.
 *
 * `--receipts`: SROIE with `images/STEM.jpg` and `truth/STEM.json`; of them those that `--fold` lists, one STEM a line: the
 * receipts of merchants that the models have not learnt from (`python -m parallax_training.tagger fold`). Given again, the same
 * receipts as worse captures show them (`python -m parallax_training.tagger worse`).
 * `--out-of-fold`: models (`receipt-tagger/1/`) that are made as those that ship, but have not learnt from these receipts. They read
 * in their place, and the calibration is written for those that ship (cross-fitting).
 * `--drawn`: receipts from `python -m parallax_training.synth pages`. They speak for the fields that SROIE does not know.
 */
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { glob } from 'tinyglobby'
import { openExtraction } from '../src/app/extraction.ts'
import { truthSchemaOf } from '../src/datasets/formats.ts'
import { openModel } from '../src/onnx/model-folder.ts'
import type { Truth } from '../src/scoring/metrics/truth.ts'
import {
  fitCalibration,
  groupOf,
  readLabelled,
  type LabelledFile,
} from '../src/service/certifying/calibrate.ts'
import type { Calibration } from '../src/trust/calibration.ts'
import { writeCalibration } from '../src/service/certifying/write-calibration.ts'
import { readTruths } from '../src/service/results/read-truths.ts'
import { describe } from '../src/service/types/describe.ts'
import { configFor } from '../src/cli/options.ts'

const { values: options } = parseArgs({
  options: {
    receipts: { type: 'string', multiple: true },
    fold: { type: 'string' },
    drawn: { type: 'string' },
    'out-of-fold': { type: 'string' },
    out: { type: 'string', default: 'models/receipt-calibration/1' },
    concurrency: { type: 'string', default: '2' },
  },
})
const { receipts, fold, drawn, out } = options
if (!receipts || !fold || !drawn) throw new Error('--receipts, --fold and --drawn are needed.')

/** What SROIE knows of a receipt, as fields of the type. */
const known = ['/merchant/name', '/merchant/address', '/date', '/total'] as const

async function realReceipts(folder: string): Promise<readonly LabelledFile[]> {
  const truths = await readTruths(folder, truthSchemaOf('sroie'))
  const stems = (await readFile(fold!, 'utf8')).split('\n').filter(Boolean)
  return stems.map((stem) => {
    const truth = truths.get(stem)
    if (!truth) throw new Error(`${folder} has no truth of ${stem}.`)
    const file = join(folder, 'images', `${stem}.jpg`)
    return { file, truth, group: groupOf(file, truth, '/merchant/name') }
  })
}

/** Only real receipts speak for what is known of them: drawn pages are easier. */
const withoutKnown = (truth: Truth): Truth => ({
  ...truth,
  fields: Object.fromEntries(Object.entries(truth.fields).filter(([f]) => !known.some((k) => k === f))),
})

async function drawnReceipts(): Promise<readonly LabelledFile[]> {
  const truths = await readTruths(drawn!, truthSchemaOf('parallax'))
  const files = await glob('*/page.*', { cwd: drawn!, absolute: true })
  return files.sort().map((file) => {
    const name = basename(dirname(file))
    return { file, truth: withoutKnown(truths.get(name)!), group: name }
  })
}

const real = (await Promise.all(receipts.map(realReceipts))).flat()
const made = await drawnReceipts()
const again = receipts.length > 1 ? ' once as they are and once as a worse capture shows them,' : ''
const origin = `${real.length} of the documents are receipts of the train split of SROIE (ICDAR 2019; CC BY 4.0, "Huang et al., ICDAR 2019 Competition on
Scanned Receipt OCR and Information Extraction"), each merchant counting as one document,${again} read by models that have not learnt from these
merchants; where one that ships has, a model made in the same way without them stood in. Their truths know the merchant, address, date
and total. The fields that they do not know, and what is not printed, come from ${made.length} drawn receipts (\`parallax_training.synth
pages\`) whose truths leave those four out: the models have learnt from others drawn alike, and read drawn pages better than real ones,
so their confidence in the other fields is likely too high on real pages.`

/** A calibration by models that stand in for the ones that ship, written for those. */
async function forShipped(calibration: Calibration, standIns: string): Promise<Calibration> {
  const names = (await glob('*/*/manifest.json', { cwd: standIns })).map(dirname)
  const shipped = await Promise.all(names.map((name) => openModel(name)))
  const revisions = new Map(shipped.map(({ name, revision }) => [name, revision]))
  const stages = Object.entries(calibration.stages).map(([stage, { engines, ...fitted }]) => {
    const known = Object.entries(engines).map(([name, revision]) => [name, revisions.get(name) ?? revision])
    return [stage, { ...fitted, engines: Object.fromEntries(known) as typeof engines }]
  })
  return { ...calibration, stages: Object.fromEntries(stages) as Calibration['stages'] }
}

const concurrency = Number(options.concurrency)
const standIns = options['out-of-fold']
if (standIns !== undefined) process.env.PARALLAX_MODELS = resolve(standIns)
const config = configFor({ concurrency })
await using extraction = openExtraction(config)
const { type } = await describe(extraction.reader.run, {
  spec: 'receipt',
  cwd: process.cwd(),
  route: 'auto',
  ocr: config.ocr,
  vlm: config.vlm,
})
const labelled = await readLabelled(extraction.reader, type, [...real, ...made], concurrency)
const calibration = fitCalibration(type, labelled)
await writeCalibration(
  out,
  standIns === undefined ? calibration : await forShipped(calibration, standIns),
  origin,
)
