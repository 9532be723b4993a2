import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openAll } from './open-all.ts'

const closing = (name: string, closed: string[], error?: Error): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    await delay(1)
    closed.push(name)
    if (error) throw error
  },
})

test('what cannot be closed keeps nothing else open', async () => {
  const closed: string[] = []
  const opened = await openAll(async (use) => {
    use(closing('a', closed))
    use(closing('b', closed, new Error('b is stuck')))
    use(closing('c', closed, new Error('c is stuck')))
    return {}
  })
  await expect(opened[Symbol.asyncDispose]()).rejects.toThrow('c is stuck')
  expect(closed).toEqual(['c', 'b', 'a'])
})

test('what cannot be opened closes what was, and says why', async () => {
  const closed: string[] = []
  const opening = openAll(async (use) => {
    use(closing('a', closed))
    use(closing('b', closed, new Error('b is stuck')))
    await delay(1)
    throw new Error('there is no c')
  })
  await expect(opening).rejects.toThrow('there is no c')
  expect(closed).toEqual(['b', 'a'])
})
