import { expect, test } from 'vitest'
import type { OcrEngine } from '../core/engines.ts'
import { startPair } from './registry.ts'

const missing = new Error('It is not installed.')

/** An engine that notes its end. */
const ending = (end: () => Promise<void>) => async (): Promise<OcrEngine> => ({
  name: 'first',
  revision: '1',
  uprightConfidence: 0,
  knownScriptConfidence: null,
  digitConfusions: {},
  recognize: async ({ number }) => ({ page: number, lines: [] }),
  dispose: end,
})

test.each([
  ['ends', async () => {}],
  ['cannot even end', () => Promise.reject(new Error('stuck'))],
])('when the second engine does not start, the first %s, and why is told', async (_, end) => {
  let ended = 0
  const first = ending(() => {
    ended++
    return end()
  })
  await expect(startPair(first, () => Promise.reject(missing))).rejects.toBe(missing)
  expect(ended).toBe(1)
  const [one, two] = await startPair(first, first)
  expect([one.name, two.name, ended]).toEqual(['first', 'first', 1])
})
