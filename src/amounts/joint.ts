import type { JsonPointer } from '../core/extraction.ts'
import type { Sum, SumField } from '../core/sum.ts'
import type { Belief } from './belief.ts'
import { enumerate, marginals, mostAssignments, type Assignment, type State } from './factor-graph.ts'
import type { PrintedPlace } from './printed-place.ts'
import { absent, isRead, unread, type AmountState } from './states.ts'
import {
  linesFactor,
  oneNumberFactor,
  paidFactor,
  sizeFactor,
  tableFactor,
  totalFactor,
  type Observed,
} from './sum-factors.ts'

/** A number that may be a field's, with the probability that it is, whatever the others are. */
export interface AmountCandidate {
  readonly value: number
  readonly probability: number
  readonly places: readonly PrintedPlace[]
}

/** What was read for one field: candidates that exclude each other, and the probability that nothing is printed. */
export interface AmountReadings {
  readonly candidates: readonly AmountCandidate[]
  readonly absent: number
}

export interface AmountEvidence extends Omit<Observed, 'tables'> {
  readonly fields: ReadonlyMap<JsonPointer, AmountReadings>
  /** What the records of each of the sum's tables make together, by the table's list. */
  readonly tables?: ReadonlyMap<JsonPointer, number>
}

/** What one field should be, with its probability given everything that was read. Null says that nothing is printed. */
export interface AmountPosterior {
  readonly value: number | null
  readonly probability: number
  /** Of each number that was read for it, and of null, the probability that it is right. */
  readonly each: ReadonlyMap<number | null, number>
}

export interface JointPosterior {
  readonly fields: ReadonlyMap<JsonPointer, AmountPosterior>
  /** Of a choice of one value for each field, its weight beside others; no choice outweighs the one that was made. */
  weightOf(choice: ReadonlyMap<JsonPointer, number | null>): number
}

/** What is left for a number that nobody read, at the least. */
const leastUnread = 0.005

/** Candidates of a field that are enumerated, so that a graph of seven fields stays small. */
const mostCandidates = 4

const fieldsOf = ({ total, first, parts }: Sum): readonly SumField[] => [total, first, ...parts]

function statesOf(
  { candidates, absent: nothing }: AmountReadings,
  most: number,
): readonly State<AmountState>[] {
  const likeliest = [...candidates].sort((a, b) => b.probability - a.probability).slice(0, most)
  const told = likeliest.reduce((sum, { probability }) => sum + probability, nothing)
  const scale = Math.max(told, 1) + leastUnread
  return [
    ...likeliest.map(({ value, probability, places }) => ({
      value: { kind: 'read', value, places } as const,
      weight: probability / scale,
    })),
    { value: absent, weight: nothing / scale },
    { value: unread, weight: Math.max(leastUnread, 1 - told) / scale },
  ]
}

/** What is known of a field that nobody looked for. */
const unasked = ({ absent }: SumField): AmountReadings => ({ candidates: [], absent })

/** As many candidates a field as can be enumerated. */
function variablesOf(readings: readonly AmountReadings[]): readonly (readonly State<AmountState>[])[] {
  for (let most = mostCandidates; most > 1; most--) {
    const variables = readings.map((one) => statesOf(one, most))
    if (variables.reduce((n, states) => n * states.length, 1) <= mostAssignments) return variables
  }
  return readings.map((one) => statesOf(one, 1))
}

const numberOf = (state: AmountState): number | null | undefined =>
  isRead(state) ? state.value : state.kind === 'absent' ? null : undefined

/** Whether there is anything to choose: a number was read for it. */
const isOpen = (states: readonly State<AmountState>[]): boolean => states.some(({ value }) => isRead(value))

/**
 * The weight of every choice of one value for each field, by `keyOf`. Where no number was read there is nothing to choose: null
 * stands there, whether nothing is printed or nobody read it.
 */
function choicesIn(
  assignments: readonly Assignment[],
  variables: readonly (readonly State<AmountState>[])[],
): ReadonlyMap<string, number> {
  const numbers = variables.map((states) =>
    states.map(({ value }) => (isOpen(states) ? numberOf(value) : null)),
  )
  const weights = new Map<string, number>()
  for (const { chosen, weight } of assignments) {
    const values = chosen.map((state, v) => numbers[v]![state])
    if (values.includes(undefined)) continue
    const key = keyOf(values as (number | null)[])
    weights.set(key, (weights.get(key) ?? 0) + weight)
  }
  return weights
}

const keyOf = (values: readonly (number | null)[]): string => JSON.stringify(values)

/** The heaviest choice; all nulls where nothing has weight. */
function heaviest(choices: ReadonlyMap<string, number>, fields: number): readonly (number | null)[] {
  const [first] = [...choices].sort(([, a], [, b]) => b - a)
  return first ? (JSON.parse(first[0]) as (number | null)[]) : Array.from({ length: fields }, () => null)
}

/**
 * The joint probability of a document's amounts: what each was read as, that it may not be printed or that nobody read it,
 * and the equations that right amounts satisfy, in one factor graph. The choice is its likeliest assignment (maximum a
 * posteriori, what nobody read summed out), the probability of each value its marginal (Koller and Friedman, "Probabilistic Graphical
 * Models", 2009, 2.1.5 and 13.2).
 */
export function jointPosterior(sum: Sum, evidence: AmountEvidence, belief: Belief): JointPosterior {
  const asked = fieldsOf(sum)
  const variables = variablesOf(asked.map((one) => evidence.fields.get(one.field) ?? unasked(one)))
  const tables = (sum.tables ?? []).flatMap(({ records, makes }) => {
    const made = evidence.tables?.get(records)
    return made === undefined ? [] : [{ sum: made, makes: asked.findIndex(({ field }) => field === makes) }]
  })
  const assignments = enumerate(variables, [
    oneNumberFactor,
    sizeFactor(sum),
    totalFactor(sum, belief),
    linesFactor(sum, evidence.lines, belief),
    paidFactor(sum, evidence.paid, belief),
    ...tables.map((table) => tableFactor(sum, table, belief)),
  ])
  const each = marginals(variables, assignments)
  const choices = choicesIn(assignments, variables)
  const best = heaviest(choices, asked.length)
  const fields = asked.map(({ field }, v) => {
    const known = new Map<number | null, number>()
    variables[v]!.forEach(({ value }, s) => {
      const number = numberOf(value)
      if (number !== undefined) known.set(number, (known.get(number) ?? 0) + each[v]![s]!)
    })
    const value = best[v]!
    return [field, { value, probability: known.get(value) ?? 0, each: known }] as const
  })
  return {
    fields: new Map(fields),
    weightOf: (choice) => choices.get(keyOf(asked.map(({ field }) => choice.get(field) ?? null))) ?? 0,
  }
}
