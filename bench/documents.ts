import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Option, type Command } from 'commander'
import { openExtraction } from '../src/app/extraction.ts'
import { readConfig, toEnvironment, type Config } from '../src/config.ts'
import { ParallaxError } from '../src/core/errors.ts'
import { setPointer } from '../src/core/pointer.ts'
import type { ExtractionResult } from '../src/core/extraction-result.ts'
import { readDocument } from '../src/service/reading/read-document.ts'
import { namedResult } from '../src/service/results/result-of-job.ts'
import type { Example } from '../src/service/training/examples.ts'
import { findPython } from '../src/service/training/python.ts'
import { trainType } from '../src/service/training/train-type.ts'
import { describe } from '../src/service/types/describe.ts'
import { readInput } from '../src/service/files/intake.ts'
import { formatAccuracy, type Accuracy } from './accuracy-table.ts'
import { adBuyCaptions, invoiceCaptions } from './documents/captions.ts'
import { documentsOf, spread, type LabelledDocument, type LabelledSet, type Split } from './labelled.ts'
import { publish, tell } from './machine.ts'
import { keepResults, readSet, toSetResult, type Reading, type System } from './measured.ts'
import { concurrencyOption, configWith, dataOption, jsonOption, wholeNumber } from './options.ts'
import { readByCaptions, type CaptionField } from './peers/caption-regex.ts'
import { layoutText } from './peers/layout-text.ts'

interface DocumentsOptions {
  readonly data?: string
  readonly split: Split
  readonly limit?: number
  readonly route: readonly ('modular' | 'auto')[]
  readonly train?: number
  readonly weights?: string
  readonly concurrency?: number
  readonly rows?: string
  readonly json?: string
}

/** Documents of a type that a schema alone describes. */
interface Kind {
  readonly schema: string
  readonly captions: readonly CaptionField[]
  readonly dayFirst: boolean
}

interface KindSet extends LabelledSet {
  readonly kind: Kind
}

const schemaOf = (name: string): string =>
  fileURLToPath(new URL(`documents/${name}.schema.json`, import.meta.url))
const adBuy: Kind = { schema: schemaOf('ad-buy'), captions: adBuyCaptions, dayFirst: false }
const invoice: Kind = { schema: schemaOf('invoice'), captions: invoiceCaptions, dayFirst: true }

const peerName = 'caption regex'

async function setsFor(data: string, split: Split, limit: number): Promise<readonly KindSet[]> {
  const invoices = split === 'dev' ? ['originals', 'scans'] : []
  const sets = [
    { kind: adBuy, set: await documentsOf(data, `ad-buys-${split}`, 'documents') },
    ...(await Promise.all(
      invoices.map(async (below) => ({ kind: invoice, set: await documentsOf(data, 'invoices-dev', below) })),
    )),
  ]
  return sets.map(({ kind, set }) => ({ ...set, kind, documents: spread(set.documents, limit) }))
}

/** Reads sets by the schema of their kind; a model that was trained in the data folder of the settings is used where there is one. */
async function readByRoute(
  config: Config,
  route: DocumentsOptions['route'][number],
  sets: readonly KindSet[],
  called: string,
): Promise<readonly Reading[]> {
  await using extraction = openExtraction({ ...config, split: 'never' })
  const { reader } = extraction
  const { ocr, vlm } = config
  const readings: Reading[] = []
  for (const set of sets) {
    const { type } = await describe(reader.run, { spec: set.kind.schema, cwd: '/', route, ocr, vlm })
    const read = async (file: string): Promise<ExtractionResult> =>
      namedResult(file, await readDocument(reader, await readFile(file), type, route))
    readings.push(await readSet({ name: called, read }, set, config.concurrency))
  }
  return readings
}

const unjudged = { confidence: 1, source: null, certified: false, path: 'modular', grounded: null } as const

/** Captions with a value right or below, by regular expressions on the text of the file, as invoice2data reads. */
const peerFor = ({ captions, dayFirst }: Kind, config: Config): System => ({
  name: peerName,
  async read(file) {
    const started = performance.now()
    const found = readByCaptions(await layoutText(file, config.childEnv), captions, dayFirst)
    const data: Record<string, unknown> = {}
    for (const [pointer, { value }] of found) setPointer(data, pointer, value)
    return {
      version: 1,
      file,
      documentType: 'document',
      route: 'modular',
      reason: peerName,
      verdict: 'needs_review',
      data,
      fields: Object.fromEntries(
        [...found].map(([pointer, field]) => [pointer, { ...field, ...unjudged, alternatives: [] }]),
      ),
      flags: [],
      attempts: [],
      error: null,
      ms: Math.round(performance.now() - started),
    }
  },
})

async function readWithPeer(config: Config, sets: readonly KindSet[]): Promise<readonly Reading[]> {
  const readings: Reading[] = []
  for (const set of sets) readings.push(await readSet(peerFor(set.kind, config), set, config.concurrency))
  return readings
}

/** Settings of a data folder in which nothing was trained yet. */
const configAt = (home: string, config: Config): Config => ({
  ...readConfig({ ...toEnvironment(config), PARALLAX_HOME: home }),
  concurrency: config.concurrency,
})

const advertiserOf = ({ file, truth }: LabelledDocument): string =>
  JSON.stringify(truth.tree['advertiser'] ?? file)

/** Documents of the training folder, of other advertisers than those that are measured. */
async function examplesFor(
  data: string,
  count: number,
  measured: readonly LabelledDocument[],
): Promise<readonly Example[]> {
  const known = new Set(measured.map(advertiserOf))
  const { documents } = await documentsOf(data, 'ad-buys-train', 'documents')
  const others = documents.filter((document) => !known.has(advertiserOf(document)))
  return spread(others, count).map((document) => ({
    name: document.file,
    bytes: () => readInput(document.file),
    truth: document.truth.tree,
    group: advertiserOf(document),
  }))
}

/** Trains the type of ad buys in a data folder on examples. */
async function trainAdBuys(
  config: Config,
  python: string,
  examples: readonly Example[],
  weights: string | undefined,
): Promise<void> {
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const { ocr, pageMs, concurrency, ownModels } = config
  const { type, jsonSchema } = await describe(run, { spec: adBuy.schema, cwd: '/', ocr })
  const trainer = {
    run,
    ocr,
    pageMs,
    concurrency,
    models: ownModels,
    tuning: { python, threads: concurrency, weights },
  }
  const progress = { onRead: () => {}, onUsable: () => {}, onStep: () => {} }
  const asked = { type, jsonSchema, group: '/advertiser', anyway: true }
  const started = performance.now()
  const { gain } = await trainType(trainer, asked, examples, progress, new AbortController().signal)
  const minutes = ((performance.now() - started) / 60_000).toFixed(1)
  tell(
    `trained on ${gain.documents} in ${minutes} minutes; by folds ${gain.before.toFixed(3)} before, ${gain.after.toFixed(3)} after`,
  )
}

async function measure(options: DocumentsOptions): Promise<Accuracy> {
  const settings = configWith(options)
  const data = options.data ?? settings.benchData
  if (data === undefined)
    throw new ParallaxError('E_BAD_REQUEST', 'Give --data DIR, the folder with labelled documents.')
  const { split, limit = Infinity, route: routes, train, weights } = options
  const sets = await setsFor(data, split, limit)
  const home = await mkdtemp(join(tmpdir(), 'bench-documents-'))
  try {
    const config = configAt(home, settings)
    const python = train === undefined ? null : await findPython(settings.home, settings.python)
    const bySystem: (readonly Reading[])[] = []
    for (const route of routes) bySystem.push(await readByRoute(config, route, sets, route))
    bySystem.push(await readWithPeer(config, sets))
    if (python !== null && train !== undefined) {
      const trained = sets.filter(({ kind }) => kind === adBuy)
      const measured = trained.flatMap(({ documents }) => documents)
      await trainAdBuys(config, python, await examplesFor(data, train, measured), weights)
      for (const route of routes)
        bySystem.push(await readByRoute(config, route, trained, `${route} trained on ${train}`))
    }
    const results = sets.map((set, i) => ({
      set,
      readings: bySystem.flatMap((readings) => readings[i] ?? []),
    }))
    for (const { set, readings } of results)
      for (const reading of readings) if (options.rows) await keepResults(options.rows, set, reading)
    return { sets: results.map(({ set, readings }) => toSetResult(set, readings, peerName)) }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

export function documentsCommand(program: Command): void {
  program
    .command('documents')
    .description(
      'F1 of documents that a JSON Schema alone describes, before and after training, beside regular expressions for captions',
    )
    .addOption(dataOption())
    .addOption(
      new Option(
        '--split <split>',
        'dev for figures; train for looking at, on documents that are not trained on',
      )
        .choices(['dev', 'train'])
        .default('dev'),
    )
    .option('--limit <n>', 'at most so many documents of each set', wholeNumber)
    .addOption(
      new Option('--route <route...>', 'how to read')
        .choices(['modular', 'auto'])
        .default(['modular', 'auto']),
    )
    .option('--train <n>', 'also train on so many documents of ad-buys-train', wholeNumber)
    .option('--weights <file>', 'of the general network, where they do not lie beside it')
    .addOption(concurrencyOption())
    .option('--rows <dir>', 'keep the rows')
    .addOption(jsonOption())
    .action((options: DocumentsOptions) => publish(options.json, () => measure(options), formatAccuracy))
}
