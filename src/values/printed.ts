/** Order of the numbers in a date such as 05/12/2017. */
export type DateOrder = 'day-first' | 'month-first'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function isoDate(year: string, month: number, day: string): string | null {
  const full = year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) + Number(year) : Number(year)
  if (full < 1900 || full > 2099) return null
  const date = new Date(Date.UTC(full, month - 1, Number(day)))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day)
  return exists ? date.toISOString().slice(0, 10) : null
}

const mark = String.raw`[\s/.,'’´-]*`
const name = String.raw`([a-z]{3})[a-z]*`
const year = String.raw`(\d{4}|\d{2})`
const tail = String.raw`(?:\s+\d{1,2}:\d{2}.*)?[\s.,)]*$`
const opening = String.raw`^[\s(]*`

const dayMonthName = new RegExp(opening + String.raw`(\d{1,2})` + mark + name + mark + year + tail, 'i')
/** Four digits alone are a year without its day. */
const monthNameDay = new RegExp(
  opening + name + mark + String.raw`(?!\d{4}(?!\d))(\d{1,2})` + mark + year + tail,
  'i',
)
const yearFirst = new RegExp(opening + String.raw`(\d{4})[\s/.-](\d{1,2})[\s/.-](\d{1,2})` + tail)
const compactYearFirst = new RegExp(opening + String.raw`(\d{4})(\d{2})(\d{2})` + tail)
const yearLast = new RegExp(opening + String.raw`(\d{1,2})[\s/.-](\d{1,2})[\s/.-]` + year + tail)
const compactYearLast = new RegExp(opening + String.raw`(\d{2})(\d{2})(\d{4})` + tail)

const monthNumber = (word: string): number => months.indexOf(word.toLowerCase()) + 1

const numeric: Record<DateOrder, (first: string, second: string, year: string) => string | null> = {
  'day-first': (day, month, year) => isoDate(year, Number(month), day),
  'month-first': (month, day, year) => isoDate(year, Number(month), day),
}

function namedDate(text: string): string | null {
  const [, day = '', word = '', year = ''] = dayMonthName.exec(text) ?? []
  if (word) return isoDate(year, monthNumber(word), day)
  const [, word2 = '', day2 = '', year2 = ''] = monthNameDay.exec(text) ?? []
  return word2 ? isoDate(year2, monthNumber(word2), day2) : null
}

function yearFirstDate(text: string): string | null {
  const [, year = '', month, day = ''] = yearFirst.exec(text) ?? compactYearFirst.exec(text) ?? []
  return year ? isoDate(year, Number(month), day) : null
}

/**
 * Calendar dates (ISO 8601) that a whole printed string can mean under the given orders; when it means none of them,
 * under the other order. Empty when it is no full date.
 * @example readDates("22Aug'16", ['day-first']) // ['2016-08-22']
 * @example readDates('05/12/2017', ['day-first', 'month-first']) // ['2017-12-05', '2017-05-12']
 */
export function readDates(text: string, orders: readonly DateOrder[]): readonly string[] {
  const sure = namedDate(text) ?? yearFirstDate(text)
  if (sure) return [sure]
  const [, first, second, year] = yearLast.exec(text) ?? compactYearLast.exec(text) ?? []
  if (!first || !second || !year) return []
  const read = (tried: readonly DateOrder[]) =>
    tried.flatMap((order) => numeric[order](first, second, year) ?? [])
  const dates = read(orders)
  return dates.length > 0 ? dates : read(['day-first', 'month-first'])
}

/** Either bare decimals (.74, but not the 50 of Rs.50), or digits with grouping and decimal marks. */
const printedNumber = /(?<![\p{L}\d])[.,]\d{1,2}(?!\d)|(?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d+)*/u

/**
 * The number in a printed amount, null when there is none; a last mark before one or two digits is the decimal mark.
 * @example readAmount('RM 1,234.50') // 1234.5
 * @example readAmount('€99,90') // 99.9
 */
export function readAmount(text: string): number | null {
  const [digits] = printedNumber.exec(text) ?? []
  if (digits === undefined) return null
  const [, whole = '', decimals = '0'] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits) ?? []
  const amount = Number(`${whole.replace(/\D/g, '') || '0'}.${decimals}`)
  return isNegative(text) ? -amount : amount
}

const isNegative = (text: string): boolean => /^[^\d]*-[^\d]*\d|\d\s*-\s*$|^\s*\([^)]*\)\s*$/.test(text)

export interface ClockTime {
  /** Since midnight. */
  readonly minutes: number
  /** Null where none are printed. */
  readonly seconds: number | null
}

/**
 * The time of day in a printed string, null when there is none.
 * @example readTime('6:55:01PM') // { minutes: 1135, seconds: 1 }
 */
export function readTime(text: string): ClockTime | null {
  const match = /(\d{1,2})\s*:\s*(\d{2})(?::(\d{2}))?\s*([ap])?/i.exec(text)
  const [, hour, minute, second, half] = match ?? /^\s*(\d{1,2})[.h](\d{2})()\s*([ap])?/i.exec(text) ?? []
  if (Number(hour) > 23 || Number(minute) > 59 || hour === undefined) return null
  const hours = half && Number(hour) <= 12 ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour)
  return { minutes: hours * 60 + Number(minute), seconds: second ? Number(second) : null }
}
