import { expect, test } from 'vitest'
import { recent } from './recent.ts'

function counted() {
  const made: string[] = []
  const keep = recent<string>(2)
  const ask = (key: string) =>
    keep(key, async () => {
      made.push(key)
      return key
    })
  return { made, ask }
}

test('what was used last is kept', async () => {
  const { made, ask } = counted()
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await ask(key)).toBe(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})

test('those who wait share one answer', async () => {
  const { made, ask } = counted()
  await Promise.all([ask('a'), ask('a')])
  expect(made).toEqual(['a'])
})

test('a failure is not kept', async () => {
  const keep = recent<string>(2)
  await expect(keep('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await keep('a', async () => 'there')).toBe('there')
})

test('what nobody waits for any more is given up, and not before', async () => {
  const keep = recent<string>(2)
  const signals: AbortSignal[] = []
  const make = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const [one, other] = [new AbortController(), new AbortController()]
  const answers = [one, other].map(({ signal }) => keep('a', make, signal))
  one.abort(new Error('one is gone'))
  await expect(answers[0]).rejects.toThrow('one is gone')
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  other.abort(new Error('both are gone'))
  await expect(answers[1]).rejects.toThrow('both are gone')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(await keep('a', async () => 'made anew')).toBe('made anew')
})
