import { expect, test } from 'vitest'
import { createMemory } from './upload-memory.ts'

test('all together take no more than there is, and what one gives back others may take', () => {
  const memory = createMemory(100)
  const [one, other] = [memory.share(), memory.share()]
  expect(one.take(60)).toBe(true)
  expect(other.take(41)).toBe(false)
  expect(other.take(40)).toBe(true)
  one.give(10)
  expect(other.take(10)).toBe(true)
  one.free()
  one.free()
  expect(memory.share().take(51)).toBe(false)
  expect(memory.share().take(50)).toBe(true)
})
