import { expect, it } from 'vitest'
import { metadataText } from './metadata.ts'

it.each<[string, string]>([
  ['[1]', 'expected record'],
  ['x', 'is not JSON'],
  ['{"a":{"b":{"c":{"d":1}}}}', 'is more than 3 deep'],
  ['{"a":{"__proto__":1}}', 'is called "__proto__"'],
  ['{"__proto__":1}', 'is called "__proto__"'],
  [JSON.stringify({ a: Array(60).fill(1) }), 'more than 50 values'],
  [JSON.stringify({ a: 'x'.repeat(1001) }), 'more than 1000 characters'],
])('refuses %s', (text, why) => {
  const { error } = metadataText.safeParse(text)
  expect(error?.issues[0]?.message).toContain(why)
})

it('takes an object within bounds', () => {
  expect(metadataText.parse('{"cost":{"centre":[4400,null,true]}}')).toEqual({
    cost: { centre: [4400, null, true] },
  })
})
