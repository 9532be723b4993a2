import type { Word } from '../../core/document.ts'
import type { Parsed } from '../parsers.ts'
import { meanConfidence } from '../regex.ts'
import { findingsOf as findingsIn, type FillContext, type Finding } from '../rule.ts'
import type { Claim } from './claims.ts'
import { isFree } from './kinds.ts'
import { conceptsOf, type Concept } from './lexicon.ts'
import type { Question, Wording } from './question.ts'
import { textOf } from './sheet.ts'
import { goesOn, linesBelow, stretchesOf, type Marked, type Stretch } from './surroundings.ts'
import { wholeness } from './wholeness.ts'

/** What a value right after its own whole caption is worth, before anything speaks against it. */
const captioned = 0.85

const columnConcepts: readonly Concept[] = [
  'description',
  'quantity',
  'unitPrice',
  'position',
  'articleNumber',
  'unit',
]

/** Whether captions stand side by side as the headings of a table: what is below them is one of many. */
export function isHeading({ captions }: Marked, row: number): boolean {
  const known = (captions.get(row) ?? []).map(({ spelled }) => conceptsOf(spelled))
  return columnConcepts.filter((concept) => known.some((of) => of.has(concept))).length >= 2
}

const sides: Readonly<Record<Stretch['side'], number>> = { beside: 1, right: 0.98, below: 0.93 }

/** Between the days of a span: a dash with spaces around it or between dates, or a word. */
const between = /\s[-–—]\s|(?<=[/.]\d{2,4})[-–—](?=\d)|\s(?:to|until|thru|through|bis|au|al|tot|till)\s/iu

const daysOf = (text: string, { parse }: Pick<Question, 'parse'>, { locale }: FillContext) =>
  text.split(between).flatMap((part) => parse(part, locale) ?? [])

/** The value of a text; of one that is a span of days, the end that is asked for. */
export function parseEnd(
  question: Pick<Question, 'parse' | 'end'>,
  text: string,
  context: FillContext,
): Parsed | null {
  if (question.end === null) return question.parse(text, context.locale)
  return daysOf(text, question, context).at(question.end === 'first' ? 0 : -1) ?? null
}

/** The value of a text beside a caption; of a caption that names a span of days, that end of it. */
function parseBeside(
  question: Question,
  { isSpan }: Wording,
  text: string,
  context: FillContext,
): Parsed | null {
  if (question.end === null || !isSpan) return question.parse(text, context.locale)
  const days = daysOf(text, question, context)
  return question.end === 'last' && days.length < 2 ? null : parseEnd(question, text, context)
}

/** The words that spell a value, of those in which it was found. */
export function wordsFor(words: readonly Word[], { text }: Parsed): readonly Word[] {
  for (let from = words.length - 1; from >= 0; from--)
    for (let to = from + 1; to <= words.length; to++)
      if (textOf(words.slice(from, to)).includes(text)) return words.slice(from, to)
  return words
}

/** The next line of the cell in which a caption stands, for a value that broke off there. */
function nextLine({ marked: { sheet }, at }: Claim): readonly Word[] {
  const { box } = sheet.rows[at.row]![at.cell]!
  const below = sheet.rows[at.row + 1]?.find((cell) => Math.abs(cell.box[0] - box[0]) < sheet.charWidth)
  return below?.words ?? []
}

/** A free text goes on below, and so does a number of many groups; of an address all lines are one. */
function whole(claim: Claim, { words, side }: Stretch): readonly Word[] {
  const { question, marked, at } = claim
  if (question.kind === 'lines' && side === 'below') return linesBelow(marked, at, 6).flat()
  if (question.kind === 'iban') return [...words, ...nextLine(claim)]
  const most = question.kind === 'lines' ? 5 : 2
  return isFree(question.kind) && side !== 'below'
    ? [...words, ...goesOn(marked, at.row, words, most, question.kind === 'lines')]
    : words
}

/** Whether words show cents or a currency's sign. */
export const showsMoney = (words: readonly Word[]): boolean => /[.,]\d{2}(?!\d)|\p{Sc}/u.test(textOf(words))

/** Beside a sum may stand how many things it is the sum of: what shows cents or a currency's sign is the amount. */
const ordered = (stretches: readonly Stretch[], { kind }: Question): readonly Stretch[] =>
  kind === 'amount'
    ? [...stretches].sort((a, b) => Number(showsMoney(b.words)) - Number(showsMoney(a.words)))
    : stretches

/** The values that a claim leads to: the nearest first, each less sure than the one before. */
export function findingsOf(claim: Claim, context: FillContext, share: number): readonly Finding[] {
  const { question, wording, marked, at } = claim
  const heading = isHeading(marked, at.row)
  let later = share * captioned * wording.strength
  const found: Finding[] = []
  for (const stretch of ordered(stretchesOf(marked, at), question)) {
    if (heading && stretch.side === 'below') continue
    const words = whole(claim, stretch)
    const parsed = parseBeside(question, wording, textOf(words), context)
    const fit = parsed ? wholeness(claim, stretch, parsed) : 0
    if (!parsed || fit === 0) continue
    const printed = isFree(question.kind) ? words : wordsFor(words, parsed)
    const confidence = later * fit * sides[stretch.side] * meanConfidence(printed)
    found.push(...findingsIn(parsed, { page: marked.sheet.page, words: printed, confidence }))
    later *= 0.6
  }
  return found
}
