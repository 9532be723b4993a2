import type { Word } from '../../../src/core/document.ts'
import type { Entity } from '../../../src/core/engines.ts'
import { findInLine } from '../../../src/core/line-text.ts'
import { amountLines, type AmountLine } from './amounts.ts'
import { recordOf } from '../../../src/ner/rules/header.ts'
import { itemNames, nameOn, speaks } from './item-names.ts'
import { itemLines } from './item-region.ts'
import { letterCount, type Line, type LineAmount } from '../../../src/ner/rules/line.ts'

/** The words of one item; empty where the document does not show that part. */
interface Item {
  readonly page: number
  readonly description: readonly Word[]
  readonly quantity: readonly Word[]
  readonly unitPrice: readonly Word[]
  readonly amount: readonly Word[]
}

/** A number that is marked as a count: "3 x", "2 @", "x 4", "5 pcs". */
const markedCount =
  /(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)(?=\s?[xX×*@](?![\p{L}])|\s?(?:pcs?|ea|unit|stk)\b)|(?<=[xX×*]\s?)(\d{1,3})(?![\d.,])/gu
const anyCount = /(?<![\d.,/-])(\d{1,4})(?![\d.,%/:-])/g

const countOf = (text: string): number => Number(/\d+(?:[.,]\d+)?/.exec(text)?.[0].replace(',', '.'))

/** The count whose product with the unit price is the amount, else one that is marked as a count. */
function quantityOn(line: Line, unitCents: number | null, amountCents: number): readonly Word[] {
  const spans = [markedCount, anyCount].flatMap((p) => findInLine(line.textLine, p, line.repaired))
  const fits = spans.find(
    (s) => unitCents !== null && Math.abs(countOf(s.text) * unitCents - amountCents) <= 1,
  )
  const leading = /^\W*\d{1,2}\s+\p{L}/u.test(line.repaired)
    ? findInLine(line.textLine, anyCount, line.repaired)[0]
    : undefined
  const marked =
    unitCents === null ? (findInLine(line.textLine, markedCount, line.repaired)[0] ?? leading) : undefined
  return (fits ?? marked)?.words ?? []
}

const countWords = /[xX×]|(?<!\p{L})(?:pcs?|stk|stück|qty|each|ea|units?|kg|lbs?|je|pro)(?!\p{L})/giu

/** A line of numbers beside a name: "2 @ 11.00", "9555589200385 1.40*1 1.40", "3 Stk x 2,50". */
const isNumeric = (line: Line): boolean => letterCount(line.text.replace(countWords, '')) < 4

/** How much a line that only counts says that it tells how an amount came about. */
function explains(line: Line | undefined, of: Line | undefined): number {
  if (!line || !of || line.page !== of.page || !isNumeric(line) || line.amounts.length !== 1) return 0
  const [unit, amount] = [line.amounts[0]!.cents, of.amounts.at(-1)!.cents]
  const quantity = quantityOn(line, unit, amount)
  if (quantity.length > 0 && Math.abs(countOf(quantity.map((w) => w.text).join(' ')) * unit - amount) <= 1)
    return 2
  return quantityOn(line, null, amount).length > 0 && Math.abs(unit) <= Math.abs(amount) ? 1 : 0
}

interface PricedLine {
  readonly line: Line
  /** Tells quantity and unit price where another line does. */
  readonly counts: Line | undefined
}

/** Puts the lines that only count to the item they explain: the one above, unless it is rather the one below. */
function pricedLines(lines: readonly Line[]): readonly PricedLine[] {
  const owners = new Map<Line, Line>()
  lines.forEach((line, i) => {
    const [above, below] = [lines[i - 1], lines[i + 1]]
    const up = above && owners.has(above) ? 0 : explains(line, above)
    const down = explains(line, below)
    if (up > 0 || (down > 1 && letterCount(below!.text) >= 3)) owners.set(line, up >= down ? above! : below!)
  })
  const counting = new Map([...owners].map(([line, owner]) => [owner, line]))
  return lines.filter((line) => !owners.has(line)).map((line) => ({ line, counts: counting.get(line) }))
}

function toItem({ line, counts }: PricedLine): Omit<Item, 'description'> {
  const amount = line.amounts.at(-1)!
  const unit: LineAmount | undefined = line.amounts.length > 1 ? line.amounts.at(-2)! : counts?.amounts[0]
  const quantity = quantityOn(counts ?? line, unit?.cents ?? null, amount.cents)
  return { page: line.page, quantity, unitPrice: unit?.span.words ?? [], amount: amount.span.words }
}

const entities = (item: Item, group: number): readonly Entity[] =>
  recordOf(
    {
      ITEM_DESCRIPTION: item.description,
      ITEM_QUANTITY: item.quantity,
      ITEM_UNIT_PRICE: item.unitPrice,
      ITEM_AMOUNT: item.amount,
    },
    item.page,
    group,
    0.7,
  )

/**
 * Item lines, one group each: "name amount", "count name amount", "count x price" above or below a name; a name may take
 * several lines.
 */
export function tagItems(
  lines: readonly Line[],
  priced: readonly AmountLine[] = amountLines(lines),
): readonly Entity[] {
  const found = pricedLines(itemLines(lines, priced)).map((p) => ({ line: p.line, item: toItem(p) }))
  const named = found.map(({ line, item }) => ({ line, own: nameOn(line, item.quantity) }))
  const names = itemNames(lines, named)
  return found
    .map(({ item }, i) => ({ ...item, description: names[i]! }))
    .filter((item) => speaks(item.description))
    .flatMap(entities)
}
