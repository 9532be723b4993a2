import fc from 'fast-check'
import { expect, test } from 'vitest'
import { getPointer, pointerKeys, setPointer, toPointer } from './pointer.ts'

test('builds objects and lists on the way', () => {
  const data = {}
  setPointer(data, '/merchant/name', 'A')
  setPointer(data, '/items/0/amount', 1)
  setPointer(data, '/items/1/amount', 2)
  setPointer(data, '/items/0/amount', 3)
  expect(data).toEqual({ merchant: { name: 'A' }, items: [{ amount: 3 }, { amount: 2 }] })
})

test.each([
  ['/items/1/amount', 2],
  ['/a~1b/~0', 'escaped'],
  ['/none', undefined],
  ['/none/deeper', undefined],
  ['/items/9/amount', undefined],
  ['/items/length', undefined],
  ['/toString', undefined],
  ['/empty', null],
  ['/empty/deeper', undefined],
])('finds %s: %s', (pointer, value) => {
  const data = { items: [{ amount: 1 }, { amount: 2 }], 'a/b': { '~': 'escaped' }, empty: null }
  expect(getPointer(data, pointer)).toBe(value)
})

test.each(['/__proto__/x', '/a/constructor', '/items/0/prototype', '/__proto__'])('refuses %s', (pointer) => {
  const refused = expect.objectContaining({ code: 'E_UNSAFE_KEY' })
  expect(() => pointerKeys(pointer)).toThrow(refused)
  expect(() => setPointer({}, pointer, 'polluted')).toThrow(refused)
  expect(() => getPointer({}, pointer)).toThrow(refused)
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test.each(['/items/3', '/items/999999999/amount', '/items/-', '/items/01', '/items/name', '/items/length'])(
  'leaves no hole in a list of two for %s',
  (pointer) => {
    const data = { items: [1, 2] }
    expect(() => setPointer(data, pointer, 0)).toThrow(expect.objectContaining({ code: 'E_BAD_REQUEST' }))
    expect(data).toEqual({ items: [1, 2] })
  },
)

test('reads back what it wrote, whatever the keys', () => {
  const safe = fc.string().filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key))
  const name = safe.filter((key) => !/^\d+$/.test(key))
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), fc.integer(), (keys, value) => {
      const pointer = toPointer(keys)
      const data = {}
      setPointer(data, pointer, value)
      expect(pointerKeys(pointer)).toEqual(keys)
      expect(getPointer(data, pointer)).toBe(value)
      expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
    }),
  )
})
