/** A part of what was counted; `share` is 0 to 1, and null where there was nothing to count. */
export interface Part {
  readonly count: number
  readonly of: number
  readonly share: number | null
}

export const part = (count: number, of: number): Part => ({ count, of, share: of === 0 ? null : count / of })

/** How many of some there are for which it is true. */
export const partOf = <T>(all: readonly T[], isIn: (one: T) => boolean): Part =>
  part(all.filter(isIn).length, all.length)

/** How often each name stands in a list, the most frequent first. */
export function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)))
}

/** Those of one key together, in the order in which the keys first come. */
export function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key) ?? []
    group.push(one)
    groups.set(key, group)
  }
  return groups
}
