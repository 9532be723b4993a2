import type { OcrPage } from '../../core/document.ts'
import { plain } from '../anchor.ts'
import type { FillContext, Finding } from '../rule.ts'
import { addressee } from './addressee.ts'
import { guess, headerLines, letterhead } from './letterhead.ts'
import { conceptsOf, type Concept } from './lexicon.ts'
import { occurrencesOn, wantedOf } from './occurrences.ts'
import type { Question } from './question.ts'
import { isHeading } from './readings.ts'
import { sheetsOf, textOf, type Cell } from './sheet.ts'
import type { Marked } from './surroundings.ts'

/** What a name in the head of a page is worth that is printed once more, as the sender of a letter is. */
const repeated = 0.5
/** What is left of a candidate that stands among the lines of a table, or that is the other party. */
const misplaced = 0.05
/** What is left of a receiver that stands below the sums. */
const belowSums = 0.3
/** How far down a page, as a share of it, a sender is named in its foot. */
const foot = 0.88
/** Letters and digits of a name, with fewer of which nothing is said by what is printed alike. */
const shortest = 4

const sums: readonly Concept[] = ['net', 'tax', 'total', 'amountDue']

type Part = 'above' | 'table' | 'below'

/** Of every row of a page whether it stands above the headings of a table, in the table, or from its sums on. */
function partsOf(marked: Marked): readonly Part[] {
  const { rows } = marked.sheet
  const heading = rows.findIndex((_, row) => isHeading(marked, row))
  const isSum = (row: number): boolean =>
    (marked.captions.get(row) ?? []).some(({ spelled }) => sums.some((sum) => conceptsOf(spelled).has(sum)))
  const end = rows.findIndex((_, row) => row > heading && isSum(row))
  return rows.map((_, row) => {
    if (heading < 0 || row < heading) return 'above'
    return end >= 0 && row >= end ? 'below' : 'table'
  })
}

interface Place {
  readonly cell: Cell
  readonly text: string
  readonly page: number
  readonly part: Part
  /** Whether senders are named there. */
  readonly isSender: boolean
}

/** What pages say of parties. */
interface Looks {
  readonly places: readonly Place[]
  /** Names that stand without a caption where senders and receivers are named. */
  readonly guessed: Readonly<Record<'letterhead' | 'addressee', readonly Finding[]>>
}

function looksOf(pages: readonly OcrPage[]): Looks {
  const marked = sheetsOf(pages).map((sheet): Marked => {
    const known = occurrencesOn(sheet, wantedOf([]))
    return {
      sheet,
      captions: new Map(sheet.rows.map((_, row) => [row, known.filter((one) => one.row === row)])),
    }
  })
  const places = marked.flatMap((one) => {
    const parts = partsOf(one)
    return one.sheet.rows.flatMap((cells, row) =>
      cells.map((cell) => ({
        cell,
        text: plain(textOf(cell.words)),
        page: one.sheet.page,
        part: parts[row]!,
        isSender: row < headerLines || cell.box[1] > foot,
      })),
    )
  })
  return { places, guessed: { letterhead: marked.flatMap(letterhead), addressee: marked.flatMap(addressee) } }
}

const known = new WeakMap<FillContext['pages'], Looks>()

function looksOnce(pages: FillContext['pages']): Looks {
  const looks = known.get(pages) ?? looksOf(pages)
  known.set(pages, looks)
  return looks
}

/** Between a sender's name and what follows on its line. */
const parted = /\s*(?:[·•|,;:–—]|\s-)\s+/u

/** What a name is on a line that goes on with an address, where it also stands alone. */
function nameAlone(finding: Finding, places: readonly Place[]): Finding {
  const [first = '', ...rest] = finding.text.split(parted)
  const name = plain(first)
  const whole = places.find(({ text }) => text === name)
  if (rest.length === 0 || name.length < shortest || !whole) return finding
  const { words } = whole.cell
  return { ...finding, value: textOf(words), text: textOf(words), words, page: whole.page }
}

const standsIn = ({ words, page }: Finding, place: Place): boolean =>
  place.page === page && place.cell.words.includes(words[0]!)

const byConfidence = (findings: readonly Finding[]): readonly Finding[] => {
  const sorted = [...findings].sort((a, b) => b.confidence - a.confidence)
  return sorted.filter((one, i) => sorted.findIndex(({ value }) => value === one.value) === i)
}

const less = (finding: Finding, share: number): Finding => ({
  ...finding,
  confidence: finding.confidence * share,
})

/** Candidates with what is guessed where none of them is surer, those among goods and those of the other party nearly gone. */
function candidates(
  found: readonly Finding[],
  kind: 'letterhead' | 'addressee',
  { places, guessed }: Looks,
): readonly Finding[] {
  const part = (one: Finding): Part | undefined => places.find((place) => standsIn(one, place))?.part
  const placed = found.map((one) => {
    if (part(one) === 'table') return less(one, misplaced)
    return kind === 'addressee' && part(one) === 'below' ? less(one, belowSums) : one
  })
  const isSure = placed.some(({ confidence }) => confidence >= guess)
  return isSure ? placed : [...placed, ...guessed[kind]]
}

/** A name that stands where senders are named, and again elsewhere, is the sender's. */
function sender(finding: Finding, all: readonly Place[]): Finding {
  const name = plain(finding.text)
  const alike = name.length < shortest ? [] : all.filter(({ text }) => text.startsWith(name))
  const isRepeated = alike.length > 1 && alike.some(({ isSender }) => isSender)
  return isRepeated ? { ...finding, confidence: 1 - (1 - finding.confidence) * (1 - repeated) } : finding
}

const isOf = (finding: Finding, seller: Finding | undefined): boolean =>
  seller !== undefined && plain(finding.text).startsWith(plain(seller.text))

type Answers = ReadonlyMap<Question['pointer'], readonly Finding[]>

/**
 * Candidates for the names of sender and receiver, seen together: a sender is printed more than once, neither is the other,
 * and none stands among the lines of a table.
 */
export function partiesOf(questions: readonly Question[], answers: Answers, { pages }: FillContext): Answers {
  const named = questions.filter(
    ({ withoutCaption }) => withoutCaption === 'letterhead' || withoutCaption === 'addressee',
  )
  if (named.length === 0) return answers
  const looks = looksOnce(pages)
  const of = (kind: 'letterhead' | 'addressee') =>
    named.filter(({ withoutCaption }) => withoutCaption === kind)
  const sellers = of('letterhead').map(({ pointer }) => {
    const found = candidates(answers.get(pointer)!, 'letterhead', looks)
    return [
      pointer,
      byConfidence(found.map((one) => sender(nameAlone(one, looks.places), looks.places))),
    ] as const
  })
  const seller = sellers[0]?.[1][0]
  const buyers = of('addressee').map(({ pointer }) => {
    const found = candidates(answers.get(pointer)!, 'addressee', looks)
    return [
      pointer,
      byConfidence(found.map((one) => (isOf(one, seller) ? less(one, misplaced) : one))),
    ] as const
  })
  return new Map([...answers, ...sellers, ...buyers])
}
