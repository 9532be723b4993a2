import { expect, test } from 'vitest'
import type { BatchAnswer } from '../../contract/jobs.ts'
import type { Batch } from '../../core/jobs.ts'
import { createBatchWatch } from './watch-batch.ts'

const batch: Batch = {
  id: 'b',
  tenant: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  callback: null,
  request: null,
  priority: 0,
  ...{ name: null, reference: null, metadata: null },
}
const answer = (total: number, finished = false) => ({ id: 'b', total, finished }) as BatchAnswer

/** Answers these, one a look; the last for ever. */
function lookingAt(answers: BatchAnswer[]) {
  const looks = { count: 0 }
  return { looks, look: async () => answers[Math.min(looks.count++, answers.length - 1)]! }
}

const listened = (watch: ReturnType<typeof createBatchWatch>) => {
  const told: number[] = []
  let stop = () => {}
  const ended = new Promise<unknown>((resolve) => {
    stop = watch.listen(batch, ({ total }) => told.push(total), resolve)
  })
  return { told, ended, stop: () => stop() }
}

test('everybody is told of every change, by one look for all, up to the end', async () => {
  const { look, looks } = lookingAt([answer(1), answer(1), answer(2), answer(3, true)])
  using watch = createBatchWatch(look, 1)
  const [one, other] = [listened(watch), listened(watch)]
  expect(await Promise.all([one.ended, other.ended])).toEqual([undefined, undefined])
  expect([one.told, other.told]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ])
  expect(looks.count).toBe(4)
})

test('nobody looks any more when all have gone', async () => {
  const { look, looks } = lookingAt([answer(1)])
  using watch = createBatchWatch(look, 1)
  const one = listened(watch)
  while (looks.count < 3) await new Promise((resolve) => setTimeout(resolve, 1))
  one.stop()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const before = looks.count
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(looks.count).toBe(before)
})

test('a look that fails ends it for all, with the reason', async () => {
  const away = new Error('away')
  using watch = createBatchWatch(() => Promise.reject(away), 1)
  expect(await listened(watch).ended).toBe(away)
})

test('the end of the watch is the end for all', async () => {
  const { look } = lookingAt([answer(1)])
  const watch = createBatchWatch(look, 1)
  const one = listened(watch)
  watch[Symbol.dispose]()
  expect(await one.ended).toBeUndefined()
})
