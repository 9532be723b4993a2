import { setImmediate as soon } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createConcurrencyLimiter } from './concurrency-limiter.ts'

const limits = { atOnce: 2, atOnceEach: 1, waiting: 3, waitingEach: 2, refusal: 'Later.' }
const busy = expect.objectContaining({ code: 'E_BUSY', message: 'Later.' })

/** A limiter whose visitors stay until they are let go. */
function visited(changes: Partial<typeof limits> = {}) {
  const limiter = createConcurrencyLimiter({ ...limits, ...changes })
  const entered: string[] = []
  const leave = new Map<string, () => void>()
  const visit = (name: string, signal?: AbortSignal) =>
    limiter.run(
      name[0]!,
      () => {
        entered.push(name)
        return new Promise<void>((resolve) => leave.set(name, resolve))
      },
      signal,
    )
  const go = async (name: string): Promise<void> => {
    leave.get(name)!()
    await soon()
  }
  return { limiter, entered, visit, go }
}

test('a tenant has its share, and the others the rest', async () => {
  const { entered, visit, go } = visited()
  const all = ['a1', 'a2', 'b1', 'c1'].map((name) => visit(name))
  expect(entered).toEqual(['a1', 'b1'])
  await go('b1')
  expect(entered).toEqual(['a1', 'b1', 'c1'])
  for (const name of ['a1', 'a2', 'c1']) await go(name)
  await Promise.all(all)
  expect(entered).toEqual(['a1', 'b1', 'c1', 'a2'])
})

test('those who wait go in by turns of their tenants', async () => {
  const { entered, visit, go } = visited({ atOnce: 1 })
  const all = ['a1', 'a2', 'a3', 'b1'].map((name) => visit(name))
  for (const name of ['a1', 'a2', 'b1', 'a3']) await go(name)
  await Promise.all(all)
  expect(entered).toEqual(['a1', 'a2', 'b1', 'a3'])
})

test('who comes when too many wait is sent away', async () => {
  const { limiter, visit } = visited()
  for (const name of ['a1', 'a2', 'a3']) void visit(name)
  await expect(visit('a4')).rejects.toEqual(busy)
  expect(() => limiter.requireRoom('a')).toThrow(busy)
  expect(() => limiter.requireRoom('b')).not.toThrow()
  void visit('b1')
  void visit('b2')
  await expect(visit('c1')).rejects.toEqual(busy)
})

test('who goes away leaves the queue, and who fails gives the place back', async () => {
  const { limiter, entered, visit, go } = visited({ atOnce: 1 })
  const gone = new AbortController()
  void visit('a1')
  const left = visit('a2', gone.signal)
  const failing = expect(limiter.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  )
  const last = visit('b1')
  gone.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  await go('a1')
  await failing
  await soon()
  expect(entered).toEqual(['a1', 'b1'])
  await go('b1')
  await last
  limiter.requireRoom('a')
})
