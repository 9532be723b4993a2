import type { Sum } from '../core/sum.ts'
import { oneNumberTwice, tooLarge, withinRounding, type Belief } from './belief.ts'
import type { Factor } from './factor-graph.ts'
import { isOneNumber } from './printed-place.ts'
import { isRead, type AmountState } from './states.ts'

/** What is known of amounts that are no variables: read once, right with some probability. */
export interface Observed {
  /** What the item lines make together, and how many there are. */
  readonly lines?: { readonly sum: number; readonly count: number } | undefined
  /** What was handed over less the change. */
  readonly paid?: { readonly amount: number; readonly probability: number } | undefined
  /** What the records of a table make together: the index of the variable that they should make. */
  readonly tables?: readonly { readonly sum: number; readonly makes: number }[]
}

/** The states of a sum's fields in the order total, first, parts. */
type States = readonly AmountState[]

/** A way to make the total: what stands on either side, with the share of documents that are made so. */
interface Form {
  readonly share: number
  /** Indices of the parts that count on top. */
  readonly counted: readonly number[]
}

/** All ways in which the printed parts may count; parts that are not printed count for nothing. */
const waysOf = ({ parts }: Sum, printed: readonly boolean[]): readonly Form[] =>
  parts.reduce<readonly Form[]>(
    (forms, { counted }, i) => {
      if (!printed[i]) return forms
      return forms.flatMap((form) => [
        { share: form.share * counted, counted: [...form.counted, i] },
        { share: form.share * (1 - counted), counted: form.counted },
      ])
    },
    [{ share: 1, counted: [] }],
  )

/** The ways of `waysOf`, made once for each set of printed parts. */
function formsOf(sum: Sum): (states: States) => readonly Form[] {
  const known = new Map<string, readonly Form[]>()
  return (states) => {
    const printed = sum.parts.map((_, i) => states[i + 2]!.kind !== 'absent')
    const key = printed.map(Number).join('')
    const forms = known.get(key) ?? waysOf(sum, printed)
    known.set(key, forms)
    return forms
  }
}

const drift = 1e-6

/** How much likelier two sides are than by chance: `times` where they meet, nothing where they do not. */
function meeting(apart: number, times: number, sum: Sum): number {
  if (Math.abs(apart) <= 0.005 + drift) return times
  return Math.abs(apart) <= sum.rounding / 100 + drift ? Math.max(1, times * withinRounding) : 0
}

/** What the parts of a form add; null where one of them was not read. */
function added(sum: Sum, { counted }: Form, states: States): number | null {
  let made = 0
  for (const i of counted) {
    const state = states[i + 2]!
    if (!isRead(state)) return null
    made += sum.parts[i]!.sign * state.value
  }
  return made
}

/** A belief in an equation that holds for a `share` of documents and says nothing of the others. */
const believed = (share: number, likelihood: number): number => 1 - share + share * likelihood

/** The first part with others makes the total. */
export function totalFactor(sum: Sum, { addsUp, chance, copies }: Belief): Factor<AmountState> {
  const forms = formsOf(sum)
  return (states) => {
    const [total, first] = states
    if (!total || !first || total.kind === 'absent' || first.kind === 'absent') return 1
    const likelihood = forms(states).reduce((p, form) => {
      const on = added(sum, form, states)
      if (!isRead(total) || !isRead(first) || on === null) return p + form.share
      const times = form.counted.length === 0 ? copies : chance
      return p + form.share * meeting(first.value + on - total.value, times, sum)
    }, 0)
    return believed(addsUp, likelihood)
  }
}

/** Of documents with a first part, the share whose lines make it, the total, or the total with what counts on top. Assumed. */
const lineShares = { first: 0.7, total: 0.15, onTop: 0.15 } as const

/** The amounts of the lines make the first part, or with the others the total. */
export function linesFactor(sum: Sum, lines: Observed['lines'], belief: Belief): Factor<AmountState> {
  if (!lines || lines.sum === 0) return () => 1
  const times = lines.count > 1 ? belief.chance : belief.copies
  const forms = formsOf(sum)
  return (states) => {
    const [total, first] = states as [AmountState, AmountState]
    const makes = (state: AmountState, on = 0): number =>
      isRead(state) ? meeting(lines.sum + on - state.value, times, sum) : 1
    const onTop = forms(states).reduce((p, form) => {
      const on = added(sum, form, states)
      return p + form.share * (on === null ? 1 : makes(total, on))
    }, 0)
    if (first.kind === 'absent') return total.kind === 'absent' ? 1 : believed(belief.linesAddUp, onTop)
    const likelihood =
      lineShares.first * makes(first) + lineShares.total * makes(total) + lineShares.onTop * onTop
    return believed(belief.linesAddUp, likelihood)
  }
}

/** What was handed over less the change is the total. */
export function paidFactor(
  sum: Sum,
  paid: Observed['paid'],
  { addsUp, chance }: Belief,
): Factor<AmountState> {
  if (!paid) return () => 1
  return ([total]) => {
    if (total!.kind === 'absent') return 1
    return believed(
      addsUp * paid.probability,
      isRead(total!) ? meeting(total.value - paid.amount, chance, sum) : 1,
    )
  }
}

/** The records of a table make the field that they belong to. */
export const tableFactor =
  (sum: Sum, table: { readonly sum: number; readonly makes: number }, belief: Belief): Factor<AmountState> =>
  (states) => {
    const made = states[table.makes]!
    if (made.kind === 'absent') return 1 - belief.linesAddUp
    return believed(belief.linesAddUp, isRead(made) ? meeting(table.sum - made.value, belief.chance, sum) : 1)
  }

/** What is added to a sum is smaller than the total: a tip or a tax as large as it is a total read twice. */
export const sizeFactor =
  (sum: Sum): Factor<AmountState> =>
  ([total, , ...parts]) =>
    parts.reduce((weight, part, i) => {
      if (!total || !isRead(total) || !isRead(part) || sum.parts[i]!.sign < 0 || part.value === 0)
        return weight
      return Math.abs(part.value) < Math.abs(total.value) ? weight : weight * tooLarge
    }, 1)

/** One printed number answers one field. */
export const oneNumberFactor: Factor<AmountState> = (states) => {
  let weight = 1
  states.forEach((a, i) => {
    if (!isRead(a)) return
    for (const b of states.slice(i + 1))
      if (isRead(b) && Math.abs(a.value) === Math.abs(b.value) && isOneNumber(a.places, b.places))
        weight *= oneNumberTwice
  })
  return weight
}
