import type { Entity } from '../../../src/core/engines.ts'
import { amountEntity, type AmountLine } from './amounts.ts'
import { phraseTokens, type AmountRole } from '../../../src/ner/rules/lexicon.ts'
import { letterCount } from '../../../src/ner/rules/line.ts'

const sure = 0.9

const last = (line: AmountLine): number => line.amounts.at(-1)!.cents

const hasAny = ({ roles }: AmountLine, ...some: readonly AmountRole[]): boolean =>
  some.some((role) => roles.has(role))

/** The largest amount of a document, in hundredths. */
const largest = (lines: readonly AmountLine[]): number =>
  lines.flatMap((l) => l.amounts).reduce((most, { cents }) => Math.max(most, Math.abs(cents)), 0)

/** Where the sums begin, and where the total stands; the number of lines where there is none. */
function bounds(lines: readonly AmountLine[]): { readonly sums: number; readonly total: number } {
  const at = (is: (line: AmountLine) => boolean): number => {
    const index = lines.findIndex(is)
    return index < 0 ? lines.length : index
  }
  const total = at((l) => hasAny(l, 'total', 'strongTotal') && !hasAny(l, 'notTotal', 'subtotal', 'discount'))
  return { sums: at((l) => hasAny(l, 'subtotal')), total }
}

/** A line that speaks of nothing but goods. */
const isGoods = ({ roles }: AmountLine): boolean => roles.size === 0

const sumOf = (lines: readonly AmountLine[]): number => lines.reduce((sum, l) => sum + last(l), 0)

/** Whether goods and discounts together make the subtotal: the discounts are then taken off the goods. */
function isOfGoods(
  lines: readonly AmountLine[],
  discounts: readonly AmountLine[],
  subtotal: AmountLine,
): boolean {
  const goods = lines.filter((l) => isGoods(l) && letterCount(l.line.text) > 3)
  return Math.abs(sumOf(goods) + sumOf(discounts) - last(subtotal)) <= 1
}

/**
 * What is taken off the whole: behind the last item. A discount among the items, or one that the subtotal already contains,
 * is taken off an item; behind the total it only tells what was saved.
 */
export function tagDiscounts(lines: readonly AmountLine[]): readonly Entity[] {
  const { sums, total } = bounds(lines)
  const lastItem = lines.slice(0, Math.min(sums, total)).findLastIndex(isGoods)
  const isDiscount = (l: AmountLine): boolean => hasAny(l, 'discount') && !hasAny(l, 'cash', 'change', 'tax')
  const whole = lines.slice(lastItem + 1, total).filter(isDiscount)
  const before = lines.slice(0, sums).filter(isDiscount)
  const inSubtotal = sums < lines.length && isOfGoods(lines.slice(0, sums), before, lines[sums]!)
  return whole
    .filter((l) => !(inSubtotal && before.includes(l)))
    .map((l) => amountEntity('DISCOUNT', l, sure))
}

/** "Service" alone may be something sold: a charge says so, is a percentage, or stands behind the subtotal. */
export function tagServiceCharges(lines: readonly AmountLine[]): readonly Entity[] {
  const { sums } = bounds(lines)
  const isCharge = (l: AmountLine, i: number): boolean =>
    i > sums || /\b(?:charge|chg|chrg|chgs|charges)\b|%/i.test(l.line.text)
  return lines
    .filter(
      (l, i) =>
        !l.inSummary &&
        hasAny(l, 'service') &&
        !hasAny(l, 'tax', 'subtotal', 'strongTotal') &&
        isCharge(l, i),
    )
    .map((l) => amountEntity('SERVICE_CHARGE', l, sure))
}

/** Hundredths that any till may round by, and the share of a larger total. */
const [mostRounded, roundedShare] = [100, 0.01]

/** Small amounts only: "Total after rounding 15.35" is the total. */
export function tagRounding(lines: readonly AmountLine[]): readonly Entity[] {
  const most = Math.max(mostRounded, largest(lines) * roundedShare)
  return lines
    .filter(
      (l) =>
        !l.inSummary && hasAny(l, 'rounding') && !hasAny(l, 'cash', 'change') && Math.abs(last(l)) <= most,
    )
    .map((l) => amountEntity('ROUNDING', l, sure))
}

/** Offers of a tip: "Tip guide 15% = 4.31", a line for each share. */
const isOffer = (text: string): boolean => /\b(?:guide|suggest\w*|recommended)\b/i.test(text)

/**
 * What a guest left. Something sold may be called so ("cotton tips"): a tip stands behind the goods, under a short name.
 * Several lines with different shares only offer it.
 */
export function tagTips(lines: readonly AmountLine[]): readonly Entity[] {
  const firstSum = lines.findIndex((l) => hasAny(l, 'subtotal', 'total', 'strongTotal', 'tax', 'service'))
  const said = lines.filter(
    (l, i) =>
      hasAny(l, 'tip') &&
      !l.inSummary &&
      !hasAny(l, 'change', 'cash', 'total', 'strongTotal', 'subtotal') &&
      (phraseTokens(l.line.text).length <= 1 || (firstSum >= 0 && i > firstSum)),
  )
  const offers = said.filter(({ line }) => /\d\s?%/.test(line.repaired) || isOffer(line.text))
  const tips =
    offers.length > 1
      ? said.filter((l) => !offers.includes(l))
      : said.filter(({ line }) => !isOffer(line.text))
  return tips.map((l) => amountEntity('TIP', l, sure))
}
