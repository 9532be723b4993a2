import { wordConfidence, type Word } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { findInRow, wordsBetween } from '../../core/row-text.ts'
import { phraseTokens, rolesOf, type AmountRole } from './lexicon.ts'
import { letterCount, neighbour, type Line, type LineAmount } from './line.ts'

const closing: readonly AmountRole[] = [
  'total',
  'strongTotal',
  'subtotal',
  'cash',
  'change',
  'rounding',
  'tax',
  'service',
  'discount',
  'tip',
  'fare',
]

/** Long lines are names of things, even when they contain "card" or "tip". */
function closes(line: Line): boolean {
  const roles = rolesOf(line.text)
  return phraseTokens(line.text).length <= longest(line) && closing.some((role) => roles.has(role))
}

/** Without an amount only a bare word closes: "Description Qty Total" heads the items. */
const longest = (line: Line): number => (line.amounts.length > 0 ? 6 : 2)

/** Lines between the first amount and the first sum; empty where a document has no item lines. */
function itemLines(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex((l) => l.amounts.length > 0)
  if (first < 0) return []
  const end = lines.findIndex((l, i) => i >= first && closes(l))
  return lines.slice(first, end < 0 ? first : end)
}

/** The words of one item; empty where the document does not show that part. */
interface Item {
  readonly page: number
  readonly description: readonly Word[]
  readonly quantity: readonly Word[]
  readonly unitPrice: readonly Word[]
  readonly amount: readonly Word[]
}

const speaks = (words: readonly Word[]): boolean => letterCount(words.map((w) => w.text).join('')) >= 3

/** A number that is marked as a count: "3 x", "2 @", "x 4", "5 pcs". */
const markedCount =
  /(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)(?=\s?[xX×*@](?![\p{L}])|\s?(?:pcs?|ea|unit|stk)\b)|(?<=[xX×*]\s?)(\d{1,3})(?![\d.,])/gu
const anyCount = /(?<![\d.,/-])(\d{1,4})(?![\d.,%/:-])/g

const countOf = (text: string): number => Number(/\d+(?:[.,]\d+)?/.exec(text)?.[0].replace(',', '.'))

/** The count whose product with the unit price is the amount, else one that is marked as a count. */
function quantityOn(line: Line, unitCents: number | null, amountCents: number): readonly Word[] {
  const spans = [markedCount, anyCount].flatMap((p) => findInRow(line.row, p, line.repaired))
  const fits = spans.find(
    (s) => unitCents !== null && Math.abs(countOf(s.text) * unitCents - amountCents) <= 1,
  )
  const leading = /^\W*\d{1,2}\s+\p{L}/u.test(line.repaired)
    ? findInRow(line.row, anyCount, line.repaired)[0]
    : undefined
  const marked =
    unitCents === null ? (findInRow(line.row, markedCount, line.repaired)[0] ?? leading) : undefined
  return (fits ?? marked)?.words ?? []
}

/** What stands left of the first amount, without counts, multiplication signs and the number of the line. */
function nameOn(line: Line, quantity: readonly Word[]): readonly Word[] {
  const words = wordsBetween(line.row, 0, line.amounts[0]!.span.start).filter((w) => !quantity.includes(w))
  const numbered = words.findIndex((w, i) => i <= 1 && /^\W*\d{1,2}\W*$/.test(w.text))
  const named = words.slice(numbered + 1)
  const starts = named.findIndex((w) => letterCount(w.text) >= 1 && !/^\W*[xX×]\W*$/.test(w.text))
  return starts < 0 ? [] : named.slice(starts)
}

/** A line of numbers below a name: "2 @ 11.00", "9555589200385 1.40*1 1.40". */
const isNumeric = (line: Line): boolean => letterCount(line.text.replace(/[xX×]/g, '')) < 4

/** Whether the line only says how the amount above came about. */
function explains(line: Line, above: LineAmount): boolean {
  if (!isNumeric(line) || line.amounts.length !== 1) return false
  const unit = line.amounts[0]!
  return quantityOn(line, unit.cents, above.cents).length > 0 && unit.cents <= above.cents
}

function toItem(line: Line, previous: Line | undefined, next: Line | undefined): Item {
  const amount = line.amounts.at(-1)!
  const below = next && explains(next, amount) ? next : undefined
  const unit = line.amounts.length > 1 ? line.amounts.at(-2)! : below?.amounts[0]
  const quantity = quantityOn(below ?? line, unit?.cents ?? null, amount.cents)
  const own = nameOn(line, quantity)
  const above = previous && previous.amounts.length === 0 ? previous.row.words : []
  return {
    page: line.page,
    description: speaks(own) || !speaks(above) ? own : above,
    quantity,
    unitPrice: unit?.span.words ?? [],
    amount: amount.span.words,
  }
}

function entities(item: Item, group: number): readonly Entity[] {
  const parts: readonly (readonly [string, readonly Word[]])[] = [
    ['ITEM_DESCRIPTION', item.description],
    ['ITEM_QUANTITY', item.quantity],
    ['ITEM_UNIT_PRICE', item.unitPrice],
    ['ITEM_AMOUNT', item.amount],
  ]
  return parts
    .filter(([, words]) => words.length > 0)
    .map(([label, words]) => ({
      label,
      words,
      group,
      page: item.page,
      confidence: 0.7 * wordConfidence(words),
    }))
}

/** Item lines, one group each: "name amount", "count name amount", a name above or below "count x price amount". */
export function tagItems(lines: readonly Line[]): readonly Entity[] {
  const priced = itemLines(lines).filter((l) => l.amounts.length > 0)
  const items = priced.flatMap((line, i) => {
    const above = priced[i - 1]
    if (above?.page === line.page && explains(line, above.amounts.at(-1)!)) return []
    return [toItem(line, neighbour(lines, line, -1), neighbour(lines, line, 1))]
  })
  return items.filter((item) => speaks(item.description)).flatMap(entities)
}
