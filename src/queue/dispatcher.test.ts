import { expect, test } from 'vitest'
import { ParallaxError } from '../core/errors.ts'
import type { Turn } from '../core/jobs.ts'
import { startDispatcher, type DispatchQueue } from './dispatcher.ts'
import { eventually } from './test-process.case.ts'

const never = 3_600_000
const fail = (error: unknown): never => {
  throw error
}

/** A ledger in which these documents wait until they are taken from the queue. */
function workplace(...tenants: readonly Turn[]) {
  let waiting: readonly Turn[] = tenants
  const queue: string[] = []
  const added: string[] = []
  let looks = 0
  return {
    queue,
    added,
    looks: () => looks,
    store: {
      turns: async () => (looks++, waiting),
      abandoned: async (): Promise<readonly string[]> => [],
    },
    adds: {
      enqueue: async (key: string) => void (queue.push(key), added.push(key)),
      contents: async () => ({ waiting: [...queue], taken: [] }),
    } satisfies DispatchQueue,
    /** A worker takes what is next, and reads it. */
    take(): void {
      const key = queue.shift()
      waiting = waiting.map((turn) => ({ ...turn, keys: turn.keys.filter((one) => one !== key) }))
    },
  }
}

const keys = (tenant: string, count: number): Turn => ({
  tenant,
  running: 0,
  keys: Array.from({ length: count }, (_, i) => `${tenant}${i}`),
})

test('keeps as much in the queue as there is room for, and more when it is woken', async () => {
  const { store, adds, added, take } = workplace(keys('a', 10))
  const dispatcher = startDispatcher(store, adds, { room: 3, everyMs: never, onError: fail })
  await eventually(async () => added.length === 3)
  take()
  dispatcher.wake()
  await eventually(async () => added.length === 4)
  await dispatcher.stop()
  expect(added).toEqual(['a0', 'a1', 'a2', 'a3'])
})

test('looks again by itself', async () => {
  const { store, adds, looks } = workplace()
  const dispatcher = startDispatcher(store, adds, { room: 3, everyMs: 2, onError: fail })
  await eventually(async () => looks() > 5)
  await dispatcher.stop()
})

test('a tenant with one document waits for few of another with a pile', async () => {
  const { store, adds, added, queue, take } = workplace(keys('a', 50), { ...keys('b', 1), keys: [] })
  const dispatcher = startDispatcher(store, adds, { room: 4, everyMs: 1, onError: fail })
  await eventually(async () => added.length === 4)
  store.turns = async () => [{ ...keys('a', 50), running: 2 }, keys('b', 1)]
  take()
  await eventually(async () => added.includes('b0'))
  await dispatcher.stop()
  expect(queue.slice(0, 5)).toContain('b0')
})

test('what was added and lost is added again once it has been left alone, or when the queue starts over', async () => {
  const { store, adds, added, queue, looks } = workplace(keys('a', 1))
  const dispatcher = startDispatcher(store, adds, { room: 2, everyMs: 1, onError: fail })
  await eventually(async () => added.length === 1)
  queue.length = 0
  const seen = looks()
  await eventually(async () => looks() > seen + 5)
  expect(added).toEqual(['a0'])
  dispatcher.startOver()
  await eventually(async () => added.length === 2)
  await dispatcher.stop()
  const patient = startDispatcher(store, adds, { room: 2, everyMs: 1, againAfterMs: 5, onError: fail })
  queue.length = 0
  await eventually(async () => {
    queue.length = 0
    return added.length >= 4
  })
  await patient.stop()
})

test('what a dead worker had in hand is added, whatever waits', async () => {
  const { store, adds, added } = workplace(keys('a', 10))
  store.abandoned = async () => ['dropped']
  const dispatcher = startDispatcher(store, adds, { room: 0, everyMs: 1, onError: fail })
  await eventually(async () => added.length === 1)
  await dispatcher.stop()
  expect(added).toEqual(['dropped'])
})

test('tells each trouble once until it is over, and goes on', async () => {
  const { store, adds, added } = workplace(keys('a', 1))
  const told: unknown[] = []
  const full = new ParallaxError('E_STORAGE', 'The disk is full.')
  let looks = 0
  const turns = store.turns
  store.turns = async () => ([2, 3, 4, 6].includes(++looks) ? fail(full) : turns())
  const dispatcher = startDispatcher(store, adds, {
    room: 1,
    everyMs: 1,
    onError: (error) => told.push(error),
  })
  adds.contents = async () => ({ waiting: [], taken: [] })
  await eventually(async () => looks > 7)
  await dispatcher.stop()
  expect(told).toEqual([full, full])
  expect(added).toEqual(['a0'])
})

test('looks no more once stopped', async () => {
  const { store, adds, looks } = workplace()
  const dispatcher = startDispatcher(store, adds, { room: 1, everyMs: 1, onError: fail })
  await eventually(async () => looks() > 0)
  await dispatcher.stop()
  const seen = looks()
  dispatcher.wake()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(looks()).toBe(seen)
})
