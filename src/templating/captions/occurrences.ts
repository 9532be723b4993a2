import { distance } from 'fastest-levenshtein'
import { knownCaptions } from './lexicon.ts'
import type { Sheet } from './sheet.ts'
import { spellWord } from './spelling.ts'

/** Where a caption is printed: words `from` to `to` (exclusive) of a cell. */
export interface Occurrence {
  readonly spelled: string
  readonly row: number
  readonly cell: number
  readonly from: number
  readonly to: number
  /** Whether nothing goes before it that may be part of a longer caption. */
  readonly begins: boolean
  /** Whether it ends with a colon or a number sign. */
  readonly isClosed: boolean
  /** Whether its words, several, are the last of their cell: a value that stands close before it ends there. */
  readonly isLast: boolean
}

/** Words that a caption has at most. */
const longest = 7

/** The captions that are looked for, by their length: those are forgiven one slip of OCR in six letters. */
export type Wanted = ReadonlyMap<number, readonly string[]>

export function wantedOf(spellings: Iterable<string>): Wanted {
  const byLength = new Map<number, string[]>()
  for (const one of new Set(spellings)) byLength.set(one.length, [...(byLength.get(one.length) ?? []), one])
  return byLength
}

function similar(read: string, wanted: Wanted): string | null {
  if (read.length < 6 || /\d/.test(read)) return null
  const slips = Math.floor(read.length / 6)
  for (let length = read.length - slips; length <= read.length + slips; length++)
    for (const one of wanted.get(length) ?? [])
      if (length >= 6 && distance(read, one) <= Math.floor(length / 6)) return one
  return null
}

const captionOf = (read: string, wanted: Wanted): string | null =>
  (wanted.get(read.length) ?? []).includes(read) || knownCaptions.has(read) ? read : similar(read, wanted)

/** What can stand before a caption on its line without being part of it: a value, or the end of something. */
const isEnd = (text: string): boolean => /\d|[:;,.|)\]•●]$|^\W+$/u.test(text)

function inCell(texts: readonly string[], wanted: Wanted, row: number, cell: number): readonly Occurrence[] {
  const spelled = texts.map(spellWord)
  const found: Occurrence[] = []
  for (let from = 0; from < texts.length; from++) {
    if (spelled[from] === '') continue
    let read = ''
    for (let to = from + 1; to <= Math.min(texts.length, from + longest); to++) {
      if (to - 1 > from && /[:：]$/u.test(texts[to - 2]!)) break
      read += spelled[to - 1]!
      const caption = captionOf(read, wanted)
      if (caption === null) continue
      const begins = from === 0 || isEnd(texts[from - 1]!)
      const isClosed = /[:：#№]$|^[.:#]+$/u.test(texts[to - 1]!) || /^[:：#=№]/u.test(texts[to] ?? '')
      const isLast = to === texts.length && to - from > 1
      found.push({ spelled: caption, row, cell, from, to, begins, isClosed, isLast })
    }
  }
  return found
}

const within = (a: Occurrence, b: Occurrence): boolean =>
  a !== b &&
  a.from >= b.from &&
  a.to <= b.to &&
  (b.to - b.from > a.to - a.from || b.spelled.length > a.spelled.length)

/** All captions on a page, those that are wanted and those that are known; a part of a longer one is none. */
export function occurrencesOn(sheet: Sheet, wanted: Wanted): readonly Occurrence[] {
  return sheet.rows.flatMap((cells, row) =>
    cells.flatMap(({ words }, cell) => {
      const found = inCell(words.map((word) => word.text), wanted, row, cell) // prettier-ignore
      return found.filter((one) => !found.some((other) => within(one, other)))
    }),
  )
}

/** Whether a caption surely is one, so that what stands before it has ended. */
export const isBoundary = ({ spelled, begins, isClosed, isLast }: Occurrence): boolean =>
  (begins && (isClosed || spelled.length > 2)) || isLast
