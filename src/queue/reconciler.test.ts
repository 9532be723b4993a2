import { expect, test } from 'vitest'
import { ParallaxError } from '../core/errors.ts'
import { startReconciler } from './reconciler.ts'
import { eventually } from './test-process.case.ts'

const everyMs = 5
const fail = (error: unknown): never => {
  throw error
}

test('adds what waits, and again only after it has been left alone', async () => {
  const added: string[] = []
  let looks = 0
  const store = {
    waiting: async () => {
      looks++
      return ['a', 'b']
    },
  }
  const reconciler = startReconciler(store, async (key) => void added.push(key), { everyMs, onError: fail })
  await eventually(async () => looks > 3)
  await reconciler.stop()
  expect(added).toEqual(['a', 'b'])
})

test('adds a key again that went away and came back', async () => {
  const answers = [['a'], [], ['a']]
  const added: string[] = []
  const store = { waiting: async () => answers.shift() ?? [] }
  const reconciler = startReconciler(store, async (key) => void added.push(key), { everyMs, onError: fail })
  await eventually(async () => answers.length === 0 && added.length === 2)
  await reconciler.stop()
  expect(added).toEqual(['a', 'a'])
})

test('asks for some of what is older than the threshold, however much that is', async () => {
  const asked: string[] = []
  const limits: number[] = []
  const store = {
    waiting: async (before: string, limit: number) => {
      asked.push(before)
      limits.push(limit)
      return []
    },
  }
  const reconciler = startReconciler(store, async () => {}, {
    everyMs,
    olderThanMs: 3_600_000,
    onError: fail,
  })
  await eventually(async () => asked.length > 0)
  await reconciler.stop()
  expect(limits[0]).toBeGreaterThan(0)
  expect(limits[0]).toBeLessThanOrEqual(1000)
  expect(Date.parse(asked[0]!)).toBeLessThanOrEqual(Date.now() - 3_600_000)
})

test('reports a ledger that cannot be read and goes on', async () => {
  const errors: unknown[] = []
  const added: string[] = []
  let looks = 0
  const store = {
    waiting: async () => (++looks === 1 ? fail(new ParallaxError('E_STORAGE', 'The disk is full.')) : ['a']),
  }
  const reconciler = startReconciler(store, async (key) => void added.push(key), {
    everyMs,
    onError: (error) => errors.push(error),
  })
  await eventually(async () => added.length === 1)
  await reconciler.stop()
  expect(errors).toEqual([expect.objectContaining({ code: 'E_STORAGE' })])
})

test('goes past a key that cannot be added, but not on against a queue that is away', async () => {
  const tried: string[] = []
  const codes = { a: 'E_INTERNAL', b: 'E_QUEUE_DOWN' } as const
  const errors: unknown[] = []
  let looks = 0
  const store = { waiting: async () => (looks++ === 0 ? ['a', 'b', 'c'] : []) }
  const enqueue = async (key: string): Promise<void> => {
    tried.push(key)
    fail(new ParallaxError(codes[key as 'a' | 'b'], key))
  }
  const reconciler = startReconciler(store, enqueue, { everyMs, onError: (error) => errors.push(error) })
  await eventually(async () => looks > 1)
  await reconciler.stop()
  expect(tried).toEqual(['a', 'b'])
  expect(errors).toHaveLength(2)
})

test('looks no more once stopped', async () => {
  let looks = 0
  const store = {
    waiting: async () => {
      looks++
      return []
    },
  }
  const reconciler = startReconciler(store, async () => {}, { everyMs, onError: fail })
  await eventually(async () => looks > 0)
  await reconciler.stop()
  const seen = looks
  await new Promise((resolve) => setTimeout(resolve, 10 * everyMs))
  expect(looks).toBe(seen)
})
