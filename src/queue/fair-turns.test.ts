import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '../core/jobs.ts'
import { inTurn } from './fair-turns.ts'

const empty = { waiting: [], taken: [] }
const never = (): number => 0

const pile = (tenant: string, count: number, running = 0): Turn => ({
  tenant,
  running,
  keys: Array.from({ length: count }, (_, i) => `${tenant}${i}`),
})

test('a pile of one tenant leaves the next place to the one document of another', () => {
  const [first, second] = inTurn([pile('a', 1000, 2), pile('b', 1)], empty, 4, never)
  expect(first).toEqual({ tenant: 'b', key: 'b0', rank: 1 })
  expect(second).toEqual({ tenant: 'a', key: 'a0', rank: 3 })
})

test('what the queue holds already is not picked again, and counts for its tenant', () => {
  const contents = { waiting: ['a0', 'a1'], taken: ['a2'] }
  expect(inTurn([pile('a', 5), pile('b', 5)], contents, 4, never)).toEqual([
    { tenant: 'b', key: 'b0', rank: 1 },
    { tenant: 'b', key: 'b1', rank: 2 },
    { tenant: 'b', key: 'b2', rank: 3 },
    { tenant: 'a', key: 'a3', rank: 4 },
  ])
})

test('of tenants with as much in hand, those come first whose last turn is longest ago', () => {
  const lastTurn = (tenant: string): number => ({ a: 3, b: 1, c: 2 })[tenant]!
  const picks = inTurn([pile('a', 3), pile('b', 3), pile('c', 3)], empty, 5, lastTurn)
  expect(picks.map(({ key }) => key)).toEqual(['b0', 'c0', 'a0', 'b1', 'c1'])
})

test('whatever waits: no more than there is room for, nothing twice, and nobody gets more than one with less in hand', () => {
  const turns = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    .chain((tenants) =>
      fc.tuple(
        ...tenants.map((tenant) =>
          fc
            .tuple(fc.nat({ max: 12 }), fc.nat({ max: 5 }))
            .map(([count, running]) => pile(tenant, count, running)),
        ),
      ),
    )
  fc.assert(
    fc.property(turns, fc.nat({ max: 10 }), (all, room) => {
      const picks = inTurn(all, empty, room, never)
      const there = all.reduce((sum, { keys }) => sum + keys.length, 0)
      expect(picks).toHaveLength(Math.min(room, there))
      expect(new Set(picks.map(({ key }) => key)).size).toBe(picks.length)
      const picked = (tenant: string): number => picks.filter((pick) => pick.tenant === tenant).length
      for (const one of all.filter(({ tenant }) => picked(tenant) > 0))
        for (const other of all.filter(({ tenant, keys }) => picked(tenant) < keys.length))
          expect(one.running + picked(one.tenant)).toBeLessThanOrEqual(
            Math.max(other.running + picked(other.tenant) + 1, one.running + 1),
          )
    }),
  )
})
