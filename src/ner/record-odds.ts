import type { Word } from '../core/document.ts'
import type { Entity } from '../core/engines.ts'
import type { RecordLabels } from '../onnx/type-model.ts'
import { parseMoney, toCents } from '../values/money.ts'
import { parseNumber } from '../values/number.ts'

/** What is known of a set of item records; all from 0 to 1. */
export interface RecordEvidence {
  /** Share of records that have a description and an amount. */
  readonly complete: number
  /** Share of records whose quantity × unit price is not their amount, of those that have all three. */
  readonly wrongProducts: number
  /**
   * 1 where several amounts add up to a subtotal or total, with or without tax, service, discount and rounding; half that
   * for a single one, which may be the total itself; else 0.
   */
  readonly addsUp: number
  /** Share of records that take words which are known as another amount, such as the total. */
  readonly taken: number
  /** Share of the amounts that any tagger sees in an item that these records have. */
  readonly covered: number
}

const textOf = (words: readonly Word[]): string => words.map((w) => w.text).join(' ')

const centsOf = (entity: Entity | undefined): number | null => {
  const money = entity ? parseMoney(textOf(entity.words)) : null
  return money ? toCents(money.amount) : null
}

const share = (some: number, all: number): number => (all === 0 ? 0 : some / all)

/** The entities of a record by label. */
type LabelledRecord = ReadonlyMap<string, Entity>

function recordsOf(entities: readonly Entity[]): readonly LabelledRecord[] {
  const groups = new Map<number, Map<string, Entity>>()
  for (const entity of entities) {
    if (entity.group === null) continue
    const record = groups.get(entity.group) ?? new Map<string, Entity>()
    groups.set(entity.group, record.set(entity.label, entity))
  }
  return [...groups.values()]
}

/** Hundredths by which tills round a total, and a product. */
const [totalRounding, productRounding] = [5, 2]

/** A unit price of fuel has three decimals, which as an amount would be thousands: either reading counts. */
function unitsOf(record: LabelledRecord, { unitPrice }: RecordLabels): readonly number[] {
  const entity = record.get(unitPrice)
  const number = entity ? parseNumber(/[\d.,]*\d/.exec(textOf(entity.words))?.[0] ?? '') : null
  return [centsOf(entity), number === null ? null : number * 100].filter((unit) => unit !== null)
}

function isWrongProduct(record: LabelledRecord, labels: RecordLabels): boolean | null {
  const [units, amount] = [unitsOf(record, labels), centsOf(record.get(labels.amount))]
  const quantity = /\d+(?:[.,]\d+)?/.exec(textOf(record.get(labels.quantity)?.words ?? []))?.[0]
  const count = quantity === undefined ? null : parseNumber(quantity)
  if (units.length === 0 || amount === null || count === null) return null
  return units.every((unit) => Math.abs(Math.abs(count * unit) - Math.abs(amount)) > productRounding)
}

/** Everything that the items of a document may add up to, in hundredths. */
function targets(sums: readonly Entity[], labels: RecordLabels['sums']): readonly number[] {
  const all = (label: string): readonly number[] =>
    sums.filter((e) => e.label === label).flatMap((e) => centsOf(e) ?? [])
  const extras = labels.extras.map((label) => all(label)[0] ?? 0)
  const discount = Math.abs(all(labels.discount)[0] ?? 0)
  const nets = extras.reduce<readonly number[]>(
    (from, extra) => from.flatMap((n) => [n, n - extra]),
    all(labels.total),
  )
  return [...all(labels.subtotal), ...nets].flatMap((net) => [net, net + discount])
}

/** How much the amounts that a tagger found say: one alone may be chance. */
const weightOf = (amounts: number): number => (amounts > 1 ? 1 : amounts / 2)

/** Looks at the records of one tagger; `sums` are what is known of other amounts, `others` the records of all taggers. */
export function recordEvidence(
  entities: readonly Entity[],
  sums: readonly Entity[],
  others: readonly Entity[],
  labels: RecordLabels,
): RecordEvidence {
  const records = recordsOf(entities)
  const products = records.map((record) => isWrongProduct(record, labels)).filter((wrong) => wrong !== null)
  const amounts = records.flatMap((record) => centsOf(record.get(labels.amount)) ?? [])
  const sum = amounts.reduce((a, b) => a + b, 0)
  const known = new Set(sums.flatMap(({ words }) => words))
  const amountsAmong = (all: readonly Entity[]): ReadonlySet<Word> =>
    new Set(all.filter(({ label }) => label === labels.amount).flatMap(({ words }) => words.at(-1)!))
  const [own, seen] = [amountsAmong(entities), amountsAmong(others)]
  return {
    complete: share(
      records.filter((r) => r.has(labels.description) && r.has(labels.amount)).length,
      records.length,
    ),
    wrongProducts: share(products.filter(Boolean).length, products.length),
    addsUp: targets(sums, labels.sums).some((target) => Math.abs(target - sum) <= totalRounding)
      ? weightOf(amounts.length)
      : 0,
    taken: share(
      records.filter((r) => [...r.values()].some(({ words }) => words.some((w) => known.has(w)))).length,
      records.length,
    ),
    covered: share([...seen].filter((word) => own.has(word)).length, seen.size),
  }
}

/**
 * Log-odds that a set of records is right: logistic regression (L2 penalty 0.005) on the records of a network and of rules
 * for 160 drawn receipts as OCR read them, 264 sets of which 221 had exactly the amounts of the truth. There it takes the
 * right set on 118 of the 119 receipts where one of the two is right; the network's alone would be right on 117. Wrong
 * products were too rare there to be weighed (-0.2): 1.5 is taken off for them.
 */
export const recordOdds = ({ complete, wrongProducts, addsUp, taken, covered }: RecordEvidence): number =>
  -2.1 + 0.75 * complete - 1.5 * wrongProducts + 4 * addsUp - taken + 0.65 * covered

/**
 * Log-odds that a document has no items where the network sees none: below those of several records that add up, above those of
 * any other. On 8 drawn receipts without items on which rules saw some, none had several that add up.
 */
export const noRecordsOdds = 2
