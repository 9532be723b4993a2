import type { DigitConfusions } from '../core/engines.ts'
import type { Finding } from './rule.ts'

/** What may have been printed where another number was read: one digit differs. */
export interface Misreading {
  readonly value: number
  readonly text: string
  /** Share of this confusion among all. */
  readonly weight: number
}

const digits = Array.from('0123456789')
/** Pairs of two different digits. */
const pairs = 90
/** What is added to every count, so that a confusion never seen is unlikely and not impossible. */
const unseen = 0.1

function weightOf(printed: string, read: string, confusions: DigitConfusions): number {
  const total = Object.values(confusions).reduce((sum, count) => sum + count, 0)
  const count = confusions[`${printed}→${read}` as keyof DigitConfusions] ?? 0
  return (count + unseen) / (total + unseen * pairs)
}

const digitsOf = (text: string): number => Number(text.replace(/\D/g, ''))

/** How many digits of the text are decimals, when its digits make the value; null when they do not. */
function decimalsOf({ value, text }: Finding): number | null {
  const [plain, amount] = [digitsOf(text), Math.abs(Number(value))]
  const decimals = Math.round(Math.log10(plain / amount))
  return plain / 10 ** decimals === amount ? decimals : null
}

const wholeDigits = (value: number): number => String(Math.trunc(Math.abs(value))).length

/** The texts that differ in one digit, and how likely each was read as this one. */
const neighbours = (text: string, confusions: DigitConfusions) =>
  [...text.matchAll(/\d/g)].flatMap(({ 0: read, index }) =>
    digits
      .filter((printed) => printed !== read)
      .map((printed) => ({
        text: text.slice(0, index) + printed + text.slice(index + 1),
        weight: weightOf(printed, read, confusions),
      })),
  )

/**
 * All numbers that may have been printed where this one was read, with as many digits before the decimals; none for a
 * single digit, of which nothing would have been read right.
 */
export function misreadings(finding: Finding, confusions: DigitConfusions): readonly Misreading[] {
  const [read, decimals] = [Number(finding.value), decimalsOf(finding)]
  if (decimals === null || !/\d.*\d/.test(finding.text)) return []
  const scale = Math.sign(read) * 10 ** decimals
  return neighbours(finding.text, confusions)
    .map(({ text, weight }) => ({ text, weight, value: digitsOf(text) / scale }))
    .filter(({ value }) => wholeDigits(value) === wholeDigits(read))
}
