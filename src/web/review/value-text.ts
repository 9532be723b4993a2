import type { FormField } from '../../contract/review.ts'
import type { Scalar } from '../../core/extraction.ts'

export type FieldKind = FormField['kind']

/** What a person's text comes to as a value, or a sentence about what is wrong with it. */
export type Read =
  { readonly ok: true; readonly value: Scalar } | { readonly ok: false; readonly problem: string }

const good = (value: Scalar): Read => ({ ok: true, value })
const bad = (problem: string): Read => ({ ok: false, problem })

const withPoint = /^[-+]?(\d+\.?|\d*\.\d+)$/
const withComma = /^[-+]?\d*,\d*$/
/** A comma before three digits is a thousand and some in one place, a little more than one in another. */
const unclear = /^[-+]?\d{1,3},\d{3}$/
const groupedByCommas = /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/
const groupedByPoints = /^[-+]?\d{1,3}(\.\d{3})+(,\d*)?$/

/** A number as people of different places write it; null where it is none, or could mean two. */
function numberOf(text: string): number | null {
  const bare = text.replaceAll(/[\s'’_]/g, '')
  if (unclear.test(bare)) return null
  if (withPoint.test(bare)) return Number(bare)
  if (groupedByCommas.test(bare)) return Number(bare.replaceAll(',', ''))
  if (groupedByPoints.test(bare)) return Number(bare.replaceAll('.', '').replace(',', '.'))
  return withComma.test(bare) && /\d/.test(bare) ? Number(bare.replace(',', '.')) : null
}

function readNumber(text: string, kind: 'number' | 'integer'): Read {
  const value = numberOf(text)
  if (value === null) return bad('Write a number with a point, such as 1234.50.')
  return kind === 'number' || Number.isInteger(value) ? good(value) : bad('Write a whole number.')
}

function readDate(text: string): Read {
  const shape = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const day = shape && new Date(`${text}T00:00:00Z`)
  const exists = day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  return exists ? good(text) : bad('Write a day as year-month-day, such as 2026-03-09.')
}

const readTime = (text: string): Read =>
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)
    ? good(text)
    : bad('Write a time with hours and minutes, such as 09:41.')

/** The value of what stands in an input; nothing there is null: the document does not say. */
export function readText(kind: FieldKind, text: string): Read {
  const trimmed = text.trim()
  if (trimmed === '') return good(null)
  if (kind === 'number' || kind === 'integer') return readNumber(trimmed, kind)
  if (kind === 'date') return readDate(trimmed)
  if (kind === 'time') return readTime(trimmed)
  if (kind === 'boolean') return good(trimmed === 'yes')
  return good(trimmed)
}

/** A value as it stands in an input; with cents where they were printed. */
export function textOf(value: Scalar, printed: string | null = null): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  const cents =
    printed !== null && /[.,]\d\d\D*$/.test(printed) && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6
  return cents ? value.toFixed(2) : String(value)
}
