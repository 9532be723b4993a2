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
