import type { OcrPage, Word } from '../../core/document.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Parsed } from '../parsers.ts'
import { meanConfidence } from '../regex.ts'
import { findingsOf as meaningsOf, type FillContext, type Finding } from '../rule.ts'
import { isFree } from './kinds.ts'
import { guess, letterhead } from './letterhead.ts'
import { conceptsOf, continuesCaption, type Concept } from './lexicon.ts'
import { occurrencesOn, wantedOf, type Occurrence } from './occurrences.ts'
import type { Owner, Question, Wording } from './question.ts'
import { affinity } from './sections.ts'
import { sheetsOf, textOf } from './sheet.ts'
import { goesOn, linesBelow, restOf, stretchesOf, type Marked, type Stretch } from './surroundings.ts'

/** A caption that is printed, and a field that it may mean. */
interface Claim {
  readonly question: Question
  readonly wording: Wording
  readonly marked: Marked
  readonly at: Occurrence
}

/** What a value right after its own whole caption is worth, before anything speaks against it. */
const captioned = 0.85

/** A caption that stands within a longer one is a part of it. */
const part = 0.6

function markedPages(pages: readonly OcrPage[], questions: readonly Question[]): readonly Marked[] {
  const fields = questions.flatMap(({ wordings }) => wordings.map(({ spelled }) => spelled))
  const owners = questions.flatMap(({ owner }) => owner?.spellings ?? [])
  const wanted = wantedOf([...fields, ...owners])
  return sheetsOf(pages).map((sheet) => {
    const captions = new Map<number, Occurrence[]>()
    for (const one of occurrencesOn(sheet, wanted))
      captions.set(one.row, [...(captions.get(one.row) ?? []), one])
    return { sheet, captions }
  })
}

const columnConcepts: readonly Concept[] = [
  'description',
  'quantity',
  'unitPrice',
  'position',
  'articleNumber',
  'unit',
]

/** Whether captions stand side by side as the headings of a table: what is below them is one of many. */
function isHeading({ captions }: Marked, row: number): boolean {
  const known = (captions.get(row) ?? []).map(({ spelled }) => conceptsOf(spelled))
  return columnConcepts.filter((concept) => known.some((of) => of.has(concept))).length >= 2
}

/** The claims of all fields to a caption: only the strongest stay. */
function claimsTo(marked: Marked, at: Occurrence, questions: readonly Question[]): readonly Claim[] {
  const claims = questions.flatMap((question) => {
    const wording = question.wordings.find(({ spelled }) => spelled === at.spelled)
    return wording ? [{ question, wording, marked, at }] : []
  })
  const best = Math.max(0, ...claims.map(({ wording }) => wording.strength))
  return claims.filter(({ wording }) => wording.strength > best - 0.02)
}

/** How well a claim stands among those of like fields of other records: by the section that the caption is in. */
function ownership(
  { question: { owner }, wording, marked, at }: Claim,
  rivals: readonly Claim[],
  owners: readonly Owner[],
): number {
  const isRivalled = rivals.some(({ question }) => question.owner !== owner)
  if (!owner || !(wording.isShared || isRivalled)) return 1
  const near = affinity(marked, at, owner, owners)
  if (near > 0.6 || near === 0) return near
  const isFirst = rivals.every(
    ({ question }) =>
      question.owner === owner || (question.owner !== null && owner.pointer <= question.owner.pointer),
  )
  return rivals.length === 0 || isFirst ? near : 0
}

const hasLetters = (text: string): boolean => /\p{L}{2}/u.test(text.replace(/\b[A-Z]{3}\b/g, ''))

/** Words that begin or end like the rest of a longer caption. */
const readsAsCaption = (words: readonly Word[]): boolean =>
  /[:：#]$/u.test(words.at(-1)!.text) ||
  continuesCaption(words[0]!.text) ||
  continuesCaption(words.at(-1)!.text)

/** Whether a caption goes on in its cell with words that are no value: "Advertiser" is not "Advertiser Code". */
function isContinued({ marked, at }: Claim): boolean {
  const next = marked.sheet.rows[at.row]![at.cell]!.words[at.to]
  const [first] = at.isClosed || next?.text === '/' ? [] : restOf(marked, at)
  return first !== undefined && /^\p{L}/u.test(first.text) && !/\d/.test(first.text)
}

/** What speaks against a caption's being whole, of a value that was found in a stretch; 0 where it is none. */
function wholeness(claim: Claim, { words, side }: Stretch, { text }: Parsed): number {
  const { question, at } = claim
  const before = at.begins ? 1 : part
  if (at.isClosed) return before
  if (side !== 'beside') return isContinued(claim) ? (isFree(question.kind) ? 0 : before * part) : before
  if (isFree(question.kind)) return !at.begins || readsAsCaption(words) ? 0 : 0.75
  const all = textOf(words)
  const between = all.slice(0, Math.max(0, all.indexOf(text)))
  return before * (hasLetters(between) ? part : 1)
}

const sides: Readonly<Record<Stretch['side'], number>> = { beside: 1, right: 0.98, below: 0.93 }

/** Between the days of a span: a dash with spaces around it or between dates, or a word. */
const between = /\s[-–—]\s|(?<=[/.]\d{2,4})[-–—](?=\d)|\s(?:to|until|thru|through|bis|au|al|tot|till)\s/iu

/** The value of a text; of one that names a span of days, that end of it. */
function parseEnd(
  { parse, end }: Question,
  { isSpan }: Wording,
  text: string,
  { locale }: FillContext,
): Parsed | null {
  if (end === null || !isSpan) return parse(text, locale)
  const days = text.split(between).flatMap((part) => parse(part, locale) ?? [])
  return (end === 'first' ? days[0] : days.slice(1).at(-1)) ?? null
}

/** The words that spell a value, of those in which it was found. */
function wordsFor(words: readonly Word[], { text }: Parsed): readonly Word[] {
  for (let from = words.length - 1; from >= 0; from--)
    for (let to = from + 1; to <= words.length; to++)
      if (textOf(words.slice(from, to)).includes(text)) return words.slice(from, to)
  return words
}

/** A free text goes on below; of an address all lines are one. */
function whole(claim: Claim, { words, side }: Stretch): readonly Word[] {
  const { question, marked, at } = claim
  if (question.kind === 'lines' && side === 'below') return linesBelow(marked, at, 6).flat()
  const most = question.kind === 'lines' ? 5 : 2
  return isFree(question.kind) && side !== 'below'
    ? [...words, ...goesOn(marked, at.row, words, most, question.kind === 'lines')]
    : words
}

const hasCents = ({ words }: Stretch): boolean => /[.,]\d{2}(?!\d)|\p{Sc}/u.test(textOf(words))

/** Beside a sum may stand how many things it is the sum of: what shows cents or a currency's sign is the amount. */
const ordered = (stretches: readonly Stretch[], { kind }: Question): readonly Stretch[] =>
  kind === 'amount' ? [...stretches].sort((a, b) => Number(hasCents(b)) - Number(hasCents(a))) : stretches

/** The values that a claim leads to: the nearest first, each less sure than the one before. */
function findingsOf(claim: Claim, context: FillContext, share: number): readonly Finding[] {
  const { question, wording, marked, at } = claim
  const heading = isHeading(marked, at.row)
  let later = share * captioned * wording.strength
  const found: Finding[] = []
  for (const stretch of ordered(stretchesOf(marked, at), question)) {
    if (heading && stretch.side === 'below') continue
    const words = whole(claim, stretch)
    const parsed = parseEnd(question, wording, textOf(words), context)
    const fit = parsed ? wholeness(claim, stretch, parsed) : 0
    if (!parsed || fit === 0) continue
    const printed = isFree(question.kind) ? words : wordsFor(words, parsed)
    const confidence = later * fit * sides[stretch.side] * meanConfidence(printed)
    found.push(...meaningsOf(parsed, { page: marked.sheet.page, words: printed, confidence }))
    later *= 0.6
  }
  return found
}

/** What two captions of the same worth say of one field cannot both be right. */
const contested = 0.65

/** Candidates of one field, the likeliest first, each value once. */
function ranked(findings: readonly Finding[], { kind }: Question): readonly Finding[] {
  const ordered = kind === 'amount' ? [...findings].reverse() : findings
  const sorted = [...ordered].sort((a, b) => b.confidence - a.confidence)
  const [first, ...others] = sorted.filter((f, i) => sorted.findIndex(({ value }) => value === f.value) === i)
  if (!first) return []
  const rival = others[0] !== undefined && others[0].confidence > 0.95 * first.confidence
  return [rival ? { ...first, confidence: first.confidence * contested } : first, ...others]
}

/** A value that nothing names: the only one of its form on the page, or the name in its head. */
function guesses(
  { withoutCaption, parse }: Question,
  pages: readonly Marked[],
  { locale }: FillContext,
): readonly Finding[] {
  if (withoutCaption === 'letterhead') return pages.flatMap(letterhead)
  if (withoutCaption === null) return []
  const found = pages.flatMap(({ sheet }) =>
    sheet.rows.flat().flatMap(({ words }) => {
      const parsed = parse(textOf(words), locale)
      const printed = parsed ? wordsFor(words, parsed) : []
      const meant = meaningsOf(parsed, {
        page: sheet.page,
        words: printed,
        confidence: guess * meanConfidence(printed),
      })
      return meant.length > 0 ? [meant] : []
    }),
  )
  return new Set(found.map(([first]) => first!.value)).size === 1 ? found[0]! : []
}

/** Every field's candidates on these pages: what is printed beside or below its captions, the likeliest first. */
export function answersTo(
  questions: readonly Question[],
  context: FillContext,
): ReadonlyMap<JsonPointer, readonly Finding[]> {
  const pages = markedPages(context.pages, questions)
  const owners = [...new Set(questions.flatMap(({ owner }) => owner ?? []))]
  const found = new Map<JsonPointer, Finding[]>(questions.map(({ pointer }) => [pointer, []]))
  for (const marked of pages) {
    for (const at of [...marked.captions.values()].flat()) {
      if (at.spelled.length < 3 && !at.isClosed) continue
      const claims = claimsTo(marked, at, questions)
      for (const claim of claims) {
        const share = ownership(
          claim,
          claims.filter((c) => c !== claim),
          owners,
        )
        if (share > 0) found.get(claim.question.pointer)!.push(...findingsOf(claim, context, share))
      }
    }
  }
  return new Map(
    questions.map((question) => {
      const answers = ranked(found.get(question.pointer)!, question)
      return [question.pointer, answers.length > 0 ? answers : guesses(question, pages, context)]
    }),
  )
}
