import type { JsonPointer } from '../../src/core/extraction.ts'

/** What a field's value looks like, and how it is written down. */
export type ValueKind = 'code' | 'text' | 'amount' | 'date'

/** A field as invoice2data's templates have it: captions, and beside or below them a value. */
export interface CaptionField {
  readonly pointer: JsonPointer
  /** The likeliest first. */
  readonly captions: readonly RegExp[]
  readonly kind: ValueKind
  /** Of several values beside a caption, such as a span of days. */
  readonly pick?: 'first' | 'last'
}

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const values: Readonly<Record<ValueKind, RegExp>> = {
  code: /[A-Z0-9][A-Z0-9/.-]*\d[A-Z0-9/.-]*/i,
  text: /\S+(?: \S+)*/,
  amount: /-?\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?!\d)/,
  date: new RegExp(
    String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? ${month} \d{4}|${month} \d{1,2},? \d{4}`,
    'i',
  ),
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const two = (n: number): string => String(n).padStart(2, '0')

/** The number in a printed amount: its last sign before two digits is the point. */
export const amountOf = (printed: string): number =>
  Number(`${printed.slice(0, -3).replace(/[.,' ]/g, '')}.${printed.slice(-2)}`)

/** A printed day as ISO 8601; null for none. */
export function dayOf(printed: string, dayFirst: boolean): string | null {
  const named = new RegExp(month, 'i').exec(printed)
  const numbers = [...printed.matchAll(/\d+/g)].map(({ 0: text }) => Number(text))
  const at = named ? 1 + months.indexOf(named[0].slice(0, 3).toLowerCase()) : null
  const [a = 0, b = 0, c = 0] = numbers
  const [year, m, day] = at ? [b, at, a] : a > 31 ? [a, b, c] : dayFirst ? [c, b, a] : [c, a, b]
  if (m < 1 || m > 12 || day < 1 || day > 31) return null
  return `${year < 100 ? 2000 + year : year}-${two(m)}-${two(day)}`
}

/** What stands right of a caption in its line, up to the next column, and what stands under it in the two lines below. */
function* around(lines: readonly string[], row: number, from: number, to: number): Iterable<string> {
  const beside = lines[row]!.slice(to).replace(/^[\s:#.]+/, '')
  yield beside.split(/ {3,}/)[0]!
  for (const below of lines.slice(row + 1, row + 3)) {
    const cells = [...below.matchAll(/\S+(?: {1,2}\S+)*/g)]
    const under = cells.find(({ 0: text, index }) => index < to && index + text.length > from)
    if (under) yield under[0]
  }
}

/** A value as it was read. */
export interface PeerValue {
  readonly value: string | number
  readonly text: string
}

function valueIn(text: string, { kind, pick = 'first' }: CaptionField, dayFirst: boolean): PeerValue | null {
  const found = [...text.matchAll(new RegExp(values[kind], `g${values[kind].flags}`))]
  const printed = found.at(pick === 'first' ? 0 : -1)?.[0]
  if (printed === undefined) return null
  if (kind === 'date') {
    const value = dayOf(printed, dayFirst)
    return value === null ? null : { value, text: printed }
  }
  return { value: kind === 'amount' ? amountOf(printed) : printed, text: printed }
}

/** What stands around each place where a caption is printed. */
function* stretchesBy(lines: readonly string[], caption: RegExp): Iterable<string> {
  for (const [row, line] of lines.entries())
    for (const { 0: text, index } of line.matchAll(new RegExp(caption, 'gi')))
      yield* around(lines, row, index, index + text.length)
}

/** Whether a text is another heading rather than a value. */
const isCaption = (text: string, fields: readonly CaptionField[]): boolean =>
  fields.some(({ captions }) => captions.some((one) => new RegExp(`^(?:${one.source})`, 'i').test(text)))

function readField(
  lines: readonly string[],
  field: CaptionField,
  fields: readonly CaptionField[],
  dayFirst: boolean,
): PeerValue | null {
  for (const caption of field.captions)
    for (const stretch of stretchesBy(lines, caption)) {
      const value = isCaption(stretch, fields) ? null : valueIn(stretch, field, dayFirst)
      if (value) return value
    }
  return null
}

/** The fields that a text set in columns shows by their captions. */
export function readByCaptions(
  text: string,
  fields: readonly CaptionField[],
  dayFirst: boolean,
): ReadonlyMap<JsonPointer, PeerValue> {
  const lines = text.split(/[\n\f]/)
  return new Map(
    fields.flatMap((field) => {
      const value = readField(lines, field, fields, dayFirst)
      return value ? [[field.pointer, value] as const] : []
    }),
  )
}
