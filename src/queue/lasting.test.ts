import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ParallaxError } from '../core/errors.ts'
import { openLasting } from './lasting.ts'
import { eventually } from './test-process.case.ts'

interface Thing extends AsyncDisposable {
  readonly name: string
}

/** Opens after as many failures as there are sentences, one for each. */
function opener(sentences: readonly string[]) {
  let tries = 0
  let closed = 0
  return {
    tries: () => tries,
    closed: () => closed,
    async open(): Promise<Thing> {
      const sentence = sentences[tries++]
      if (sentence !== undefined) throw new ParallaxError('E_QUEUE_DOWN', sentence)
      return { name: 'open', [Symbol.asyncDispose]: async () => void closed++ }
    },
  }
}

const options = () => {
  const told: string[] = []
  return { told, onError: (error: unknown) => void told.push((error as Error).message) }
}

test('what opens at once is there when it is waited for', async () => {
  const { open, closed } = opener([])
  const { told, onError } = options()
  const lasting = await openLasting(open, { onError, timeoutMs: 10_000 })
  expect(lasting.now().name).toBe('open')
  await lasting[Symbol.asyncDispose]()
  expect([closed(), told]).toEqual([1, []])
})

test('what is away is tried until it is there, and each reason is told once', async () => {
  const { open } = opener(['away', 'away', 'loading', 'loading', 'away'])
  const { told, onError } = options()
  await using lasting = await openLasting(open, { onError, timeoutMs: 10_000 })
  const refused = (): unknown => {
    try {
      return lasting.now() && null
    } catch (error) {
      return error
    }
  }
  expect(refused()).toMatchObject({ code: 'E_QUEUE_DOWN', message: 'away' })
  await eventually(async () => refused() === null)
  expect(told).toEqual(['away', 'loading', 'away'])
})

test('nobody waits for a first try that takes long; what it opens is closed', async () => {
  const { open, closed } = opener([])
  const slowly = async () => (await delay(50), open())
  const lasting = await openLasting(slowly, { ...options() })
  expect(() => lasting.now()).toThrow('not open yet')
  await lasting[Symbol.asyncDispose]()
  expect(closed()).toBe(1)
})

test('what will not pass is thrown, and not tried again', async () => {
  const { open, tries } = opener(['wrong'])
  const { told, onError } = options()
  const opening = openLasting(open, { onError, timeoutMs: 10_000, mayPass: () => false })
  await expect(opening).rejects.toThrow('wrong')
  await delay(100)
  expect([tries(), told]).toEqual([1, []])
})

test('closing ends the tries', async () => {
  const { open, tries } = opener(Array.from({ length: 1_000 }, () => 'away'))
  const lasting = await openLasting(open, options())
  await eventually(async () => tries() > 2)
  await lasting[Symbol.asyncDispose]()
  const before = tries()
  await delay(700)
  expect(tries()).toBe(before)
})
