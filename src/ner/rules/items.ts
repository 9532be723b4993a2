import type { Word } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { findInRow, wordsBetween } from '../../core/row-text.ts'
import { rolesOf, phraseTokens, type AmountRole } from './lexicon.ts'
import { letterCount, wordConfidence, type Line } from './line.ts'

const closing: readonly AmountRole[] = [
  'total',
  'strongTotal',
  'subtotal',
  'cash',
  'change',
  'rounding',
  'tax',
]

/** Long lines are names of things, even when they contain "card" or "tip". */
function closes(line: Line): boolean {
  const roles = rolesOf(line.text)
  return phraseTokens(line.text).length <= 6 && closing.some((role) => roles.has(role))
}

/** Lines between the first amount and the first sum; empty where a document has no item lines. */
function itemLines(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex((l) => l.amounts.length > 0)
  if (first < 0) return []
  const end = lines.findIndex((l, i) => i >= first && l.amounts.length > 0 && closes(l))
  return lines.slice(first, end < 0 ? first : end)
}

const quantityPattern =
  /(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)(?=\s*(?:[xX*@×]|pcs?\b|ea\b|unit))|(?<=[xX×]\s?)(\d{1,3})(?![\d.,])/g
const leadingCount = /^\W*(\d{1,3})(?=\s+\p{L})/gu
const loneCount = /(?<![\d.,/-])(\d{1,3})(?![\d.,%/:-])/g

interface Item {
  readonly line: Line
  readonly description: readonly Word[]
  readonly quantity: readonly Word[]
  readonly unitPrice: readonly Word[]
  readonly amount: readonly Word[]
}

/** The count whose product with the unit price is the amount, else the one that is marked as a count. */
function quantityOf(line: Line, unitCents: number | null, amountCents: number): readonly Word[] {
  const beforeAmount = line.amounts.at(-1)!.span.start
  const spans = [quantityPattern, leadingCount, loneCount].flatMap((p) =>
    findInRow(line.row, p, line.repaired),
  )
  const usable = spans.filter((s) => s.start < beforeAmount)
  const fits = usable.find((s) => {
    const count = Number(/[\d.,]+/.exec(s.text)?.[0].replace(',', '.'))
    return unitCents !== null && Math.abs(count * unitCents - amountCents) <= 1
  })
  const marked =
    findInRow(line.row, quantityPattern, line.repaired)[0] ??
    findInRow(line.row, leadingCount, line.repaired)[0]
  return (fits ?? marked)?.words ?? []
}

/** Words left of the first number that is not part of the name. */
function descriptionOf(line: Line, taken: readonly Word[]): readonly Word[] {
  const firstAmount = line.amounts[0]!.span.start
  return wordsBetween(line.row, 0, firstAmount).filter(
    (w) => !taken.includes(w) && letterCount(w.text) + w.text.length > 1,
  )
}

const speaks = (words: readonly Word[]): boolean => letterCount(words.map((w) => w.text).join('')) >= 3

function toItem(line: Line, previous: Line | undefined): Item {
  const amount = line.amounts.at(-1)!
  const unit = line.amounts.length > 1 ? line.amounts.at(-2)! : null
  const quantity = quantityOf(line, unit?.cents ?? null, amount.cents)
  const own = descriptionOf(line, quantity)
  const above = previous && previous.amounts.length === 0 ? previous.row.words : []
  return {
    line,
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
      page: item.line.page,
      confidence: 0.7 * wordConfidence(words),
    }))
}

/** Item lines, one group each: "name amount", "count name amount", or a name above "count x price amount". */
export function tagItems(lines: readonly Line[]): readonly Entity[] {
  const withAmounts = itemLines(lines).filter((l) => l.amounts.length > 0)
  return withAmounts
    .map((line) => toItem(line, lines[line.index - 1]))
    .filter((item) => speaks(item.description))
    .flatMap(entities)
}
