import type { QueueContents, Turn } from '../core/jobs.ts'

/** A key that is to be added to the queue. */
export interface Pick {
  readonly tenant: string
  readonly key: string
  /** What its tenant has in the queue or in hand with it, from 1: whoever has less is read first. */
  readonly rank: number
}

interface Contender {
  readonly tenant: string
  readonly keys: string[]
  held: number
}

/** Least in hand first; of those alike who has waited longest since their last turn. */
const before = (a: Contender, b: Contender, lastTurn: (tenant: string) => number): boolean =>
  a.held === b.held ? lastTurn(a.tenant) < lastTurn(b.tenant) : a.held < b.held

/**
 * At most `room` keys to add to a queue, so that every tenant has about as many in it and in hand as any other that has
 * documents waiting (max-min fairness). `lastTurn` grows with the time of a tenant's last turn.
 * @example inTurn([{ tenant: 'a', running: 1, keys: ['1'] }, { tenant: 'b', running: 0, keys: ['2'] }], empty, 1, () => 0)
 * // [{ tenant: 'b', key: '2', rank: 1 }]
 */
export function inTurn(
  turns: readonly Turn[],
  { waiting, taken }: QueueContents,
  room: number,
  lastTurn: (tenant: string) => number,
): readonly Pick[] {
  const there = new Set([...waiting, ...taken])
  const contenders = turns.map(({ tenant, running, keys }): Contender => {
    const free = keys.filter((key) => !there.has(key))
    return { tenant, keys: free, held: running + keys.length - free.length }
  })
  const picks: Pick[] = []
  const turnOf = new Map<string, number>()
  const last = (tenant: string): number => turnOf.get(tenant) ?? lastTurn(tenant)
  while (picks.length < room) {
    const open = contenders.filter(({ keys }) => keys.length > 0)
    if (open.length === 0) break
    const next = open.reduce((best, one) => (before(one, best, last) ? one : best))
    next.held++
    turnOf.set(next.tenant, Number.MAX_SAFE_INTEGER - room + picks.length)
    picks.push({ tenant: next.tenant, key: next.keys.shift()!, rank: next.held })
  }
  return picks
}
