/**
 * Fits the weights by which documents in one file are told apart, and prints them with how they do on merchants that had no
 * part in them: `node --import tsx scripts/fit-segmenting.ts [--receipts DIR] [--documents DIR]… [--streams DIR]… [--held-out DIR]…`.
 *
 * DIR of receipts: SROIE with `boxes/STEM.json` (lines with their quads), `truth/STEM.json` (the company) and `splits.json`,
 * of which only `train` is used. Receipts in pairs are two documents; one that is cut in two, or has a blank band, is one.
 * DIR of documents: PDF files with a text layer that are one document each, read by `pdftotext` (Poppler).
 * DIR of streams: what `parallax_training.streams` draws, with the words that OCR reads there (`segmenting-streams.ts`); of those
 * held out it is only told how many are split where they are one document, and how many are not where they are several.
 */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { Matrix } from 'ml-matrix'
import { z } from 'zod'
import type { Word } from '../src/core/document.ts'
import type { Sheet } from '../src/segmenting/cuts.ts'
import { evidenceOf, signals, type Evidence, type Lie } from '../src/segmenting/evidence.ts'
import { factsOf, joined, type Facts, type LineFacts } from '../src/segmenting/facts.ts'
import { partingsOf, wholePage } from '../src/segmenting/pieces.ts'
import { segment } from '../src/segmenting/segment.ts'
import { probabilityOf, thresholds, type Weights } from '../src/segmenting/weights.ts'
import { groupBy } from '../src/trust/counting.ts'
import { regress } from '../src/trust/fit.ts'
import { readStreams, type DrawnStream } from './segmenting-streams.ts'

interface Example {
  readonly evidence: Evidence
  readonly lie: Lie
  readonly isOther: boolean
  readonly weight: number
  /** Examples of a group are never fitted and measured in one fold. */
  readonly group: string
  readonly about: string
}

const lies: readonly Lie[] = ['page', 'below', 'beside']

/** The same on every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32
}
const random = sequence(11)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

const boxesSchema = z.object({
  width: z.number(),
  height: z.number(),
  lines: z.array(z.object({ box: z.array(z.number()), text: z.string() })),
})

interface Receipt {
  readonly name: string
  readonly company: string
  readonly sheet: Sheet
}

/** A line as words, as wide as their letters are many. */
function wordsOf(box: readonly number[], text: string, width: number, height: number): readonly Word[] {
  const [x0, x1] = [Math.min(box[0]!, box[6]!), Math.max(box[2]!, box[4]!)]
  const [y0, y1] = [Math.min(box[1]!, box[3]!), Math.max(box[5]!, box[7]!)]
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const at = (letter: number): number => (x0 + ((x1 - x0) * letter) / text.length) / width
    return {
      text: word,
      confidence: 0.95,
      box: [at(index), y0 / height, at(index + word.length), y1 / height],
    }
  })
}

async function readReceipts(dir: string): Promise<readonly Receipt[]> {
  const { train } = z
    .object({ train: z.array(z.string()) })
    .parse(JSON.parse(await readFile(join(dir, 'splits.json'), 'utf8')))
  return Promise.all(
    train.map(async (name) => {
      const read = async (folder: string): Promise<unknown> =>
        JSON.parse(await readFile(join(dir, folder, `${name}.json`), 'utf8'))
      const { width, height, lines } = boxesSchema.parse(await read('boxes'))
      const { company } = z.object({ company: z.string().default('') }).parse(await read('truth'))
      const words = lines.flatMap(({ box, text }) => wordsOf(box, text, width, height))
      return { name, company, sheet: { page: 1, width, height, words } }
    }),
  )
}

const inPixels = ({ words, width, height }: Sheet) =>
  words.map(({ text, box }) => ({
    text,
    box: [box[0] * width, box[1] * height, box[2] * width, box[3] * height] as const,
  }))

/** Both on one sheet, the second moved by so many pixels. */
function together(a: Sheet, b: Sheet, dx: number, dy: number): Sheet {
  const moved = inPixels(b).map(({ text, box }) => ({
    text,
    box: [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy] as const,
  }))
  const [width, height] = [Math.max(a.width, b.width + dx), Math.max(a.height, b.height + dy)]
  const words = [...inPixels(a), ...moved].map(({ text, box }): Word => ({
    text,
    confidence: 0.95,
    box: [box[0] / width, box[1] / height, box[2] / width, box[3] / height],
  }))
  return { page: 1, width, height, words }
}

/** The second below or beside the first, scaled to letters of the same size, with a blank band of some lines between. */
function onOnePage(a: Sheet, second: Sheet, lie: 'below' | 'beside'): { sheet: Sheet; at: number } {
  const letter = (s: Sheet): number =>
    s.height *
    s.words.map(({ box }) => box[3] - box[1]).sort((x, y) => x - y)[Math.floor(s.words.length / 2)]!
  const scale = letter(a) / letter(second)
  const b = { ...second, width: second.width * scale, height: second.height * scale }
  const gap = letter(a) * 1.5 * (1.4 + random() * 8)
  const edge = (s: Sheet, i: 0 | 1 | 2 | 3, best: typeof Math.min): number =>
    best(...s.words.map(({ box }) => box[i])) * (i % 2 === 0 ? s.width : s.height)
  if (lie === 'below') {
    const dy = edge(a, 3, Math.max) + gap - edge(b, 1, Math.min)
    const sheet = together(a, b, 0, dy)
    return { sheet, at: (edge(a, 3, Math.max) + gap / 2) / sheet.height }
  }
  const dx = edge(a, 2, Math.max) + gap - edge(b, 0, Math.min)
  const sheet = together(a, b, dx, 0)
  return { sheet, at: (edge(a, 2, Math.max) + gap / 2) / sheet.width }
}

const linesOf = (sheet: Sheet): readonly LineFacts[] => wholePage(sheet).lines
const pageFacts = new Map<string, readonly LineFacts[]>()
function linesOfReceipt({ name, sheet }: Receipt): readonly LineFacts[] {
  const known = pageFacts.get(name) ?? linesOf(sheet)
  pageFacts.set(name, known)
  return known
}

function pairs(receipts: readonly Receipt[]): readonly Example[] {
  const byCompany = groupBy(receipts, ({ company }) => company)
  return receipts.flatMap((first): Example[] => {
    const siblings = byCompany.get(first.company)!.filter((r) => r !== first)
    const others = [pick(receipts), ...(siblings.length > 0 ? [pick(siblings)] : [pick(receipts)])]
    return others.flatMap((second): Example[] => {
      if (second === first) return []
      const about = `${first.name} + ${second.name}`
      const common = { isOther: true, group: first.company, about }
      const page = evidenceOf(factsOf(linesOfReceipt(first)), factsOf(linesOfReceipt(second)))
      const lie = random() < 0.6 ? 'below' : 'beside'
      const { sheet, at } = onOnePage(first.sheet, second.sheet, lie)
      const parting = partingsOf(wholePage(sheet)).find(
        ({ cut }) => cut.lie === lie && cut.from < at && at < cut.to,
      )
      return [
        { ...common, evidence: page, lie: 'page', weight: 1 },
        ...(parting ? [{ ...common, evidence: parting.evidence, lie, weight: 1 } as const] : []),
      ]
    })
  })
}

function singles(receipts: readonly Receipt[]): readonly Example[] {
  return receipts.flatMap((receipt): Example[] => {
    const common = { isOther: false, group: receipt.company, about: receipt.name }
    const rows = linesOfReceipt(receipt)
    const at = Math.max(1, Math.round(rows.length * (0.2 + 0.65 * random())))
    const bands = partingsOf(wholePage(receipt.sheet))
    return [
      {
        ...common,
        evidence: evidenceOf(factsOf(rows.slice(0, at)), factsOf(rows.slice(at))),
        lie: 'page',
        weight: 1,
      },
      ...bands.map(({ evidence, cut }) => ({ ...common, evidence, lie: cut.lie, weight: 1 })),
    ]
  })
}

const run = promisify(execFile)

/** The words of a PDF's text layer, page by page. */
async function pdfSheets(file: string): Promise<readonly Sheet[]> {
  const { stdout } = await run('pdftotext', ['-bbox', '-l', '12', file, '-'], { maxBuffer: 1e8 })
  return stdout
    .split('<page ')
    .slice(1)
    .map((text, i) => {
      const [width, height] = [/width="([\d.]+)"/, /height="([\d.]+)"/].map((p) =>
        Number(p.exec(text)![1]),
      ) as [number, number]
      const found = text.matchAll(
        /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g,
      )
      const words = [...found].map(([, x0, y0, x1, y1, word]): Word => ({
        text: word!
          .replace(/&amp;/g, '&')
          .replace(/&#?\w+;/g, ' ')
          .trim(),
        confidence: 1,
        box: [Number(x0) / width, Number(y0) / height, Number(x1) / width, Number(y1) / height],
      }))
      return { page: i + 1, width, height, words: words.filter(({ text }) => text !== '') }
    })
}

interface Pages {
  readonly name: string
  readonly group: string
  readonly sheets: readonly Sheet[]
  readonly rows: readonly (readonly LineFacts[])[]
}

async function readDocuments(dir: string): Promise<readonly Pages[]> {
  const read: Pages[] = []
  for (const name of (await readdir(dir)).filter((file) => file.endsWith('.pdf')).sort()) {
    const sheets = (await pdfSheets(join(dir, name))).filter(({ words }) => words.length > 20)
    if (sheets.length > 0) read.push({ name, group: name, sheets, rows: sheets.map(linesOf) })
  }
  return read
}

/** Page after page of one document, each against all before it; and the first page of another after the last. */
function ofPages(documents: readonly Pages[], weight: number): readonly Example[] {
  return documents.flatMap(({ name, group, rows }): Example[] => {
    let before: Facts = factsOf(rows[0]!)
    const within = rows.slice(1).map((page, i): Example => {
      const after = factsOf(page)
      const evidence = evidenceOf(before, after)
      before = joined(before, after)
      return {
        evidence,
        lie: 'page',
        isOther: false,
        weight: weight / Math.max(1, (rows.length - 1) / 3),
        group,
        about: `${name} ${i + 2}`,
      }
    })
    const other = pick(documents)
    const next: Example[] =
      other.name === name
        ? []
        : [
            {
              evidence: evidenceOf(before, factsOf(other.rows[0]!)),
              lie: 'page',
              isOther: true,
              weight,
              group,
              about: `${name} + ${other.name}`,
            },
          ]
    return [...within, ...next]
  })
}

/** Bands of a page that count as three, however many there are. */
const bandsThatCount = 3

/** The blank bands of documents' pages, none of which parts two. */
const ofBands = (documents: readonly Pages[]): readonly Example[] =>
  documents.flatMap(({ name, group, sheets }): Example[] => {
    const bands = sheets.flatMap((sheet) => partingsOf(wholePage(sheet)))
    const weight = bandsThatCount / Math.max(bandsThatCount, bands.length)
    return bands.map(({ evidence, cut }) => ({
      evidence,
      lie: cut.lie,
      isOther: false,
      weight,
      group,
      about: name,
    }))
  })

/** Borders between the pages of drawn files, each against what the document before it has said so far. */
function bordersOf({ name, source, parts, sheets }: DrawnStream): readonly Example[] {
  const whole = (page: number): boolean =>
    parts.every(({ pages, region }) => region === null || !pages.includes(page))
  const first = (page: number): boolean => parts.some(({ pages }) => pages[0] === page)
  let before: Facts | null = null
  return sheets
    .filter(({ page }) => whole(page))
    .flatMap((sheet): readonly Example[] => {
      const facts = factsOf(linesOf(sheet))
      const isOther = first(sheet.page)
      const evidence = before && evidenceOf(before, facts)
      before = before === null || isOther ? facts : joined(before, facts)
      const about = `drawn ${source} ${name} ${sheet.page}`
      return evidence ? [{ evidence, lie: 'page', isOther, weight: streamWeight, group: name, about }] : []
    })
}

/** Blank bands of their pages: those between two documents, and those within one. */
const bandsIn = ({ name, source, sheets, partOf }: DrawnStream): readonly Example[] =>
  sheets.flatMap((sheet) => {
    const bands = partingsOf(wholePage(sheet)).flatMap(({ evidence, cut, sides }): readonly Example[] => {
      const [above, below] = sides.map(
        (side) => new Set(side.sheet.words.map((word) => partOf(word, sheet.page))),
      )
      const isOther = [...above!].every((part) => !below!.has(part))
      const about = `drawn ${source} ${name} ${sheet.page}`
      const isOne = new Set([...above!, ...below!]).size === 1
      return isOther || isOne
        ? [{ evidence, lie: cut.lie, isOther, weight: streamWeight, group: name, about }]
        : []
    })
    const weight = bandsThatCount / Math.max(bandsThatCount, bands.length)
    return bands.map((band) => ({ ...band, weight: band.weight * (band.isOther ? 1 : weight) }))
  })

/** How much a place of a drawn file counts beside one of a real receipt. */
const streamWeight = 0.5

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** What becomes of a drawn file as a whole, under the published weights. */
function outcomeOf({ parts, sheets }: DrawnStream): 'right' | 'flagged' | 'split too often' | 'joined' {
  const { segments, doubts } = segment(sheets)
  if (
    same(
      segments.map(({ pages }) => pages),
      parts.map(({ pages }) => pages),
    )
  )
    return doubts.length > 0 && parts.length === 1 ? 'flagged' : 'right'
  if (segments.length > parts.length || parts.length === 1) return 'split too often'
  return doubts.length > 0 ? 'flagged' : 'joined'
}

/** By the kind of the document, or the way in which several lie together. */
const formOf = ({ name, parts }: DrawnStream): string =>
  parts.length === 1 ? `one: ${parts[0]!.kind}` : `several: ${name.replace(/^\d+-/, '')}`

function measureStreams(streams: readonly DrawnStream[]): void {
  for (const source of ['layer', 'ocr'] as const) {
    const of = streams.filter((stream) => stream.source === source)
    const judged = of.map((stream) => ({
      form: formOf(stream),
      name: stream.name,
      outcome: outcomeOf(stream),
    }))
    for (const [form, all] of [...groupBy(judged, ({ form }) => form)].sort(([a], [b]) =>
      a.localeCompare(b),
    )) {
      const counts = [...groupBy(all, ({ outcome }) => outcome)].map(
        ([outcome, those]) =>
          `${outcome} ${those.length}${outcome === 'right' ? '' : ` (${those.map(({ name }) => name).join(' ')})`}`,
      )
      console.log(source, form, counts.join(', '))
    }
    for (const several of [false, true]) {
      const those = judged.filter(({ form }) => form.startsWith('several') === several)
      const share = (outcome: string): string =>
        `${outcome} ${those.filter((one) => one.outcome === outcome).length}`
      console.log(
        source,
        several ? 'SEVERAL' : 'ONE',
        those.length,
        ['right', 'flagged', 'split too often', 'joined'].map(share).join(', '),
      )
    }
  }
}

/**
 * The share of borders between pages, and of blank bands of a page, that are taken to part documents. A band from top to bottom
 * through all that stands on a page is rare within one.
 */
const prior: Readonly<Record<Lie, number>> = { page: 0.1, below: 0.1, beside: 0.35 }

function fit(examples: readonly Example[]): Weights {
  const x = examples.map(({ evidence, lie }) => [
    ...signals.map((signal) => evidence[signal]),
    ...lies.map((one) => Number(one === lie)),
  ])
  const y = examples.map(({ isOther }) => Number(isOther))
  const sum = (lie: Lie, isOther: boolean): number =>
    examples.reduce((all, e) => all + (e.lie === lie && e.isOther === isOther ? e.weight : 0), 0)
  const found = regress(
    new Matrix(x),
    y,
    examples.map(({ weight }) => weight),
    [...signals.map(() => 1), ...lies.map(() => 0.1)],
  )
  const shifted = lies.map((lie, i) => {
    const drawn = Math.log(Math.max(1, sum(lie, true)) / Math.max(1, sum(lie, false)))
    return [lie, found[signals.length + i]! - drawn + Math.log(prior[lie] / (1 - prior[lie]))] as const
  })
  const round = (n: number): number => Math.round(n * 100) / 100
  return {
    base: Object.fromEntries(shifted.map(([lie, n]) => [lie, round(n)])) as Weights['base'],
    signals: Object.fromEntries(signals.map((s, i) => [s, round(found[i]!)])) as Weights['signals'],
  }
}

const folds = 5
const foldOf = (group: string): number =>
  [...group].reduce((h, c) => (h * 31 + c.charCodeAt(0)) >>> 0, 7) % folds

function measure(examples: readonly Example[]): void {
  const judged = Array.from({ length: folds }, (_, fold) => {
    const weights = fit(examples.filter(({ group }) => foldOf(group) !== fold))
    return examples
      .filter(({ group }) => foldOf(group) === fold)
      .map((e) => ({ ...e, p: probabilityOf(e.evidence, e.lie, weights) }))
  }).flat()
  for (const kind of ['receipt', 'pdf', 'drawn layer', 'drawn ocr'])
    for (const lie of lies) {
      const of = judged.filter((e) => e.lie === lie && kindOf(e) === kind)
      if (of.length === 0) continue
      const share = (isOther: boolean, p: (p: number) => boolean): string => {
        const all = of.filter((e) => e.isOther === isOther)
        return `${all.filter((e) => p(e.p)).length}/${all.length}`
      }
      console.log(
        kind,
        lie,
        'two: split',
        share(true, (p) => p >= thresholds.split),
        'doubt',
        share(true, (p) => p >= thresholds.doubt && p < thresholds.split),
        'missed',
        share(true, (p) => p < thresholds.doubt),
        '| one: split',
        share(false, (p) => p >= thresholds.split),
        'doubt',
        share(false, (p) => p >= thresholds.doubt && p < thresholds.split),
      )
    }
  for (const lie of lies) {
    const q = (o: boolean) =>
      judged
        .filter((e) => e.lie === lie && e.isOther === o)
        .map((e) => e.p)
        .sort((a, b) => (o ? a - b : b - a))
        .filter((_, i) => [0, 1, 2, 4, 8, 16, 32, 64].includes(i))
        .map((p) => p.toFixed(3))
        .join(' ')
    console.log(lie, 'highest of one', q(false), 'lowest of two', q(true))
  }
  const worst = judged.filter((e) => !e.isOther && e.p > thresholds.doubt).sort((a, b) => b.p - a.p)
  const shown = (e: (typeof judged)[number]) =>
    `${e.p.toFixed(2)} ${e.lie} ${e.about} ${signals
      .filter((s) => e.evidence[s] > 0)
      .map((s) => `${s}${e.evidence[s] < 1 ? e.evidence[s].toFixed(2) : ''}`)
      .join(' ')}`
  if (values.worst) {
    for (const e of worst.slice(0, 40)) console.log('ONE', shown(e))
    for (const e of judged
      .filter((e) => e.isOther && e.p < thresholds.split)
      .sort((a, b) => a.p - b.p)
      .slice(0, 40))
      console.log('TWO', shown(e))
  }
}
const kindOf = ({ about }: Example): string =>
  about.includes('.pdf') ? 'pdf' : (/^drawn (layer|ocr)/.exec(about)?.[0] ?? 'receipt')

const { values } = parseArgs({
  options: {
    receipts: { type: 'string' },
    documents: { type: 'string', multiple: true, default: [] },
    streams: { type: 'string', multiple: true, default: [] },
    'held-out': { type: 'string', multiple: true, default: [] },
    worst: { type: 'boolean' },
  },
})
const receipts = values.receipts === undefined ? [] : await readReceipts(values.receipts)
const documents = (await Promise.all(values.documents.map(readDocuments))).flat()
const streams = (await Promise.all(values.streams.map(readStreams))).flat()
const heldOut = (await Promise.all(values['held-out'].map(readStreams))).flat()
const examples = [
  ...pairs(receipts),
  ...singles(receipts),
  ...ofPages(documents, 1),
  ...ofBands(documents),
  ...streams.flatMap(bordersOf),
  ...streams.flatMap(bandsIn),
]
if (examples.length > 0) {
  measure(examples)
  console.log(JSON.stringify(fit(examples), null, 2))
}
measureStreams(heldOut)
