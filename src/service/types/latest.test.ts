import { expect, test } from 'vitest'
import { latest } from './latest.ts'

test('makes a thing once for the same keys, and keeps the last one only', () => {
  const made: string[] = []
  const one = latest<string>()
  const get = (...keys: unknown[]) =>
    one(keys, () => {
      made.push(keys.join())
      return keys.join()
    })
  expect([get('a', 1), get('a', 1), get('a', 2), get('a'), get('a', 1)]).toEqual([
    'a,1',
    'a,1',
    'a,2',
    'a',
    'a,1',
  ])
  expect(made).toEqual(['a,1', 'a,2', 'a', 'a,1'])
})

test('what could not be made is tried again', () => {
  const one = latest<number>()
  const fail = () => {
    throw new Error('not now')
  }
  expect(() => one([1], fail)).toThrow('not now')
  expect(one([1], () => 2)).toBe(2)
})
