/**
 * Fits `models/document-classifier/` on drawn documents, and prints how it does on others:
 * `node --import tsx scripts/fit-classifier.ts --drawn DIR… --held-out DIR… --out models/document-classifier/1`.
 *
 * DIR: `files.json` as `parallax_training.streams` and `parallax_training.document pages` write it, with words as printed or read.
 */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { classify, type Classifier } from '../src/classifying/classifier.ts'
import { featuresOf } from '../src/classifying/features.ts'
import { fitClassifier, type ClassExample } from '../src/classifying/fit.ts'
import { readStreams, type DrawnStream } from './segmenting-streams.ts'

/** The document types that are told apart, by what the drawers call their documents; `other` is none of them. */
const classes: Readonly<Record<string, readonly string[]>> = {
  receipt: ['receipt', 'receipt with card slip'],
  invoice: [
    ...['invoice', 'invoice-terms', 'letter-invoice', 'invoice-timesheet', 'invoice-copy', 'utility'],
  ],
  'bank-statement': ['statement'],
  'delivery-note': ['note'],
  form: ['form', 'registration'],
  other: ['order', 'offer', 'letter', 'reminder', 'payslip', 'contract', 'ticket'],
}

/** Drawn documents that are kept with the weights, of each class: beside them a user's own types are learnt. */
const keptOfEach = 60

const classOf = (kind: string): string | undefined =>
  Object.keys(classes).find((name) => classes[name]!.includes(kind))

/** Each document of a file with its class; those of kinds that nobody has to tell are left out. */
function examplesOf({ parts, sheets, partOf }: DrawnStream): readonly ClassExample[] {
  return parts.flatMap(({ kind, pages }, i) => {
    const name = classOf(kind)
    const own = sheets.filter(({ page }) => pages.includes(page))
    const words = own.map((sheet) => ({
      ...sheet,
      words: sheet.words.filter((word) => partOf(word, sheet.page) === i),
    }))
    return name === undefined ? [] : [{ name, features: featuresOf(words) }]
  })
}

const readAll = async (folders: readonly string[]): Promise<readonly ClassExample[]> =>
  (await Promise.all(folders.map(readStreams))).flat().flatMap(examplesOf)

/** Of each class how many are told right, and how many as what else. */
function confusions(classifier: Classifier, examples: readonly ClassExample[]): object {
  const table: Record<string, Record<string, number>> = {}
  for (const { name, features } of examples) {
    const told = classify(classifier, features)[0]!.name
    const row = (table[name] ??= {})
    row[told] = (row[told] ?? 0) + 1
  }
  return table
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The first documents of each class, as places in the list of features. */
function kept(examples: readonly ClassExample[], places: ReadonlyMap<string, number>): object[] {
  return Object.keys(classes).flatMap((name) =>
    examples
      .filter((example) => example.name === name)
      .slice(0, keptOfEach)
      .map(({ features }) => ({
        name,
        features: features.flatMap((feature) => places.get(feature) ?? []),
      })),
  )
}

/** What the model is, for whoever opens its folder. */
const cardOf = (version: string): string => `# document-classifier, version ${version}

Tells the type of a document by its words: multinomial logistic regression over ${classifier.weights.size} features (words and pairs of neighbours, folded to plain
letters; words in large print; how much of a page are amounts).

- **Trained on** ${drawn.length} documents that this project draws, as words: receipts, invoices, bank statements, delivery notes, forms, and others that it
  is to keep apart from them, in twelve languages. ${keptOfEach} of each class are kept in it, as features: a user's own types are learnt beside them.
- **Measured** on ${held.length} other drawn documents: ${(100 * measured.right).toFixed(1)} % told right; manifest.json counts what is taken for what.
- **Limits.** Latin letters. Orders and offers that look like invoices but for their title are told apart by that alone.
- **Licence** of the model: Apache-2.0.
`

const { values } = parseArgs({
  options: {
    drawn: { type: 'string', multiple: true, default: [] },
    'held-out': { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
  },
})
const drawn = await readAll(values.drawn)
const held = await readAll(values['held-out'])
const classifier = fitClassifier(drawn, { least: 8, passes: 12, decay: 2e-5, rate: 4 })
const right = held.filter(({ name, features }) => classify(classifier, features)[0]!.name === name).length
const measured = {
  drawn: drawn.length,
  features: classifier.weights.size,
  heldOut: held.length,
  right: rounded(right / Math.max(1, held.length)),
  told: confusions(classifier, held),
}
console.log(JSON.stringify(measured, null, 2))
if (values.out !== undefined) {
  const features = [...classifier.weights.keys()]
  const places = new Map(features.map((feature, i) => [feature, i]))
  const weights = {
    classes: classifier.classes,
    base: classifier.base.map(rounded),
    features,
    weights: features.map((feature) => classifier.weights.get(feature)!.map(rounded)),
    examples: kept(drawn, places),
  }
  const content = JSON.stringify(weights)
  const file = {
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: Buffer.byteLength(content),
  }
  const manifest = {
    name: 'document-classifier',
    version: '1',
    task: 'document-classification',
    license: 'Apache-2.0',
    measured,
    files: { 'weights.json': file },
  }
  await mkdir(values.out, { recursive: true })
  await writeFile(join(values.out, 'weights.json'), content)
  await writeFile(join(values.out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await writeFile(join(values.out, 'card.md'), cardOf(manifest.version))
}
