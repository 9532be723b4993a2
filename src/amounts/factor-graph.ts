/** What a variable may be, with its weight before any factor is asked: 0 or more, in any unit. */
export interface State<S> {
  readonly value: S
  readonly weight: number
}

/** The states of each variable, in the order in which factors get them. */
export type Variables<S> = readonly (readonly State<S>[])[]

/** How well the states of all variables go together, 0 or more. */
export type Factor<S> = (states: readonly S[]) => number

/** One state of every variable and the product of all weights and factors. */
export interface Assignment {
  /** The index of each variable's state. */
  readonly chosen: readonly number[]
  readonly weight: number
}

/** Enumerated at most, so that no document can take seconds. */
export const mostAssignments = 200_000

/** All ways to take one state of each variable, in the order of counting. RangeError beyond `mostAssignments`. */
function* choices<S>(variables: Variables<S>): Generator<number[]> {
  const count = variables.reduce((n, states) => n * states.length, 1)
  if (count > mostAssignments) throw new RangeError(`${count} assignments are too many to enumerate.`)
  const chosen = variables.map(() => 0)
  for (let i = 0; i < count; i++) {
    yield chosen
    for (let v = variables.length - 1; v >= 0 && ++chosen[v]! === variables[v]!.length; v--) chosen[v] = 0
  }
}

/**
 * Every assignment of a factor graph with its weight, exactly; those of weight 0 are left out (Kschischang, Frey and
 * Loeliger, "Factor graphs and the sum-product algorithm", 2001; by enumeration, which a few variables of a few states allow).
 * @example enumerate([[{ value: 1, weight: 0.5 }, { value: 2, weight: 0.5 }]], [([x]) => x!]) // weights 0.5 and 1
 */
export function enumerate<S>(variables: Variables<S>, factors: readonly Factor<S>[]): readonly Assignment[] {
  const all: Assignment[] = []
  for (const chosen of choices(variables)) {
    const states = chosen.map((state, v) => variables[v]![state]!)
    const values = states.map(({ value }) => value)
    let weight = states.reduce((w, state) => w * state.weight, 1)
    for (const factor of factors) weight = weight === 0 ? 0 : weight * factor(values)
    if (weight > 0) all.push({ chosen: [...chosen], weight })
  }
  return all
}

/** The probability of each state of each variable; nothing speaks for any where no assignment has weight. */
export function marginals<S>(
  variables: Variables<S>,
  assignments: readonly Assignment[],
): readonly (readonly number[])[] {
  const sums = variables.map((states) => states.map(() => 0))
  let whole = 0
  for (const { chosen, weight } of assignments) {
    whole += weight
    chosen.forEach((state, v) => (sums[v]![state]! += weight))
  }
  return sums.map((list) => list.map((sum) => (whole > 0 ? sum / whole : 0)))
}
