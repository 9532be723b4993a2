import { readFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { openExtraction } from '../src/app/extraction.ts'
import type { Config } from '../src/config.ts'
import { ParallaxError } from '../src/core/errors.ts'
import type { ExtractionResult } from '../src/core/extraction-result.ts'
import { failedResult } from '../src/routing/to-result.ts'
import { describe } from '../src/service/types/describe.ts'
import { readDocument } from '../src/service/reading/read-document.ts'
import { namedResult } from '../src/service/results/result-of-job.ts'
import { formatAccuracy, type Accuracy } from './accuracy-table.ts'
import { samples, spread, sroie, wildReceipt, type LabelledSet, type Split } from './labelled.ts'
import { publish, tell } from './machine.ts'
import { keepResults, readSet, toSetResult, type Reading, type System } from './measured.ts'
import {
  concurrencyOption,
  configWith,
  dataOption,
  engineOption,
  jsonOption,
  wholeNumber,
} from './options.ts'
import { toPeerResult } from './peers/peer-result.ts'
import { ocrOf, readerNames, strategyOf } from './readers.ts'
import { plainTesseract } from './peers/plain-tesseract.ts'
import { parseReceipt } from './peers/tesseract-regex.ts'

interface AccuracyOptions {
  readonly data?: string
  readonly split: Split
  readonly limit?: number
  readonly engine?: readonly string[]
  readonly concurrency?: number
  readonly rows?: string
  readonly json?: string
}

const peerName = 'plain tesseract + regex'

async function setsFor(data: string | undefined, split: Split): Promise<readonly LabelledSet[]> {
  if (data === undefined) return [await samples()]
  if (split === 'train') return [await sroie(data, 'train'), await samples()]
  return [await sroie(data, 'dev'), await wildReceipt(data), await samples()]
}

const unreadable = {
  code: 'E_ENGINE',
  message: 'Tesseract cannot read this file.',
  retryable: false,
} as const

const peer = (config: Config): System => ({
  name: peerName,
  async read(file) {
    const started = performance.now()
    const text = await plainTesseract(file, config.childEnv).text
    if (text === null) return namedResult(file, failedResult('receipt', 'modular', unreadable))
    return toPeerResult(file, parseReceipt(text), Math.round(performance.now() - started))
  },
})

/** Reads all sets with one engine, in children of its own; null where the engine cannot run here. */
async function readWithEngine(
  config: Config,
  engine: string,
  sets: readonly LabelledSet[],
): Promise<readonly Reading[] | null> {
  const [route, ocr] = [strategyOf(engine), ocrOf(engine, config.ocr)]
  await using extraction = openExtraction({ ...config, ocr })
  const { reader } = extraction
  try {
    const { vlm } = config
    const { type } = await describe(reader.run, { spec: 'receipt', cwd: process.cwd(), route, ocr, vlm })
    const read = async (file: string): Promise<ExtractionResult> =>
      namedResult(file, await readDocument(reader, await readFile(file), type, route))
    const readings: Reading[] = []
    for (const set of sets) readings.push(await readSet({ name: engine, read }, set, config.concurrency))
    return readings
  } catch (error) {
    if (!(error instanceof ParallaxError && error.code === 'E_ENGINE')) throw error
    tell(`${engine} is left out: ${error.message}`)
    return null
  }
}

async function readWithPeer(config: Config, sets: readonly LabelledSet[]): Promise<readonly Reading[]> {
  const readings: Reading[] = []
  for (const set of sets) readings.push(await readSet(peer(config), set, config.concurrency))
  return readings
}

async function measure(options: AccuracyOptions): Promise<Accuracy> {
  const config = configWith(options)
  const all = await setsFor(options.data ?? config.benchData, options.split)
  const limit = options.limit ?? Infinity
  const sets = all.map((set) => ({ ...set, documents: spread(set.documents, limit) }))
  const bySystem: (readonly Reading[])[] = []
  for (const engine of options.engine ?? (await readerNames())) {
    const readings = await readWithEngine(config, engine, sets)
    if (readings) bySystem.push(readings)
  }
  bySystem.push(await readWithPeer(config, sets))
  const results = sets.map((set, i) => ({ set, readings: bySystem.map((readings) => readings[i]!) }))
  for (const { set, readings } of results)
    for (const reading of readings) if (options.rows) await keepResults(options.rows, set, reading)
  return { sets: results.map(({ set, readings }) => toSetResult(set, readings, peerName)) }
}

export function accuracyCommand(program: Command): void {
  program
    .command('accuracy')
    .description(
      'F1 against truth of the direct path and of every OCR engine, beside plain Tesseract with regular expressions',
    )
    .addOption(dataOption())
    .addOption(
      new Option('--split <split>', 'dev for figures; train for looking at')
        .choices(['dev', 'train'])
        .default('dev'),
    )
    .option('--limit <n>', 'at most so many documents of each set', wholeNumber)
    .addOption(engineOption())
    .addOption(concurrencyOption())
    .option('--rows <dir>', 'keep the rows')
    .addOption(jsonOption())
    .action((options: AccuracyOptions) => publish(options.json, () => measure(options), formatAccuracy))
}
