const space = String.raw`[ \u00a0\u202f\u2009\u2007\u2008]`
const groups = String.raw`(?:(?:['’‘]|${space})\d{3})+`

/** Finds a number with its sign; spaces and apostrophes group only in threes. */
export const numberPattern = new RegExp(
  String.raw`(?:(?<![\p{L}\d])[-–−]\s?)?\d{1,3}${groups}(?:[.,]\d+)?(?:-(?!\d))?|(?:(?<![\p{L}\d])[-–−])?\d[\d.,]*(?:-(?!\d))?`,
  'u',
)

const commasGroup = /^[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/
/** Points group only where they cannot be the decimal separator: 1.234,5 and 1.234.567, but not 1.234. */
const pointsGroup = /^[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/

/**
 * Reads a plain number in any usual notation; null when it is none.
 * @example parseNumber("1'234.50") // 1234.5
 * @example parseNumber('0,500') // 0.5
 * @example parseNumber('3.00-') // -3
 */
export function parseNumber(printed: string): number | null {
  const digits = printed.replace(/[-–−\s'’‘]/g, '')
  const plain = commasGroup.test(digits)
    ? digits.replaceAll(',', '')
    : pointsGroup.test(digits)
      ? digits.replaceAll('.', '').replace(',', '.')
      : digits.replace(',', '.')
  const value = Number(plain)
  if (plain === '' || !Number.isFinite(value)) return null
  return /[-–−]/.test(printed) ? -value : value
}
