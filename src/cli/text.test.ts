import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percent, plural, printable } from './text.ts'

test.each([
  ['Kopi O – 1.50 €', 'Kopi O – 1.50 €'],
  ['red \u001b[31mtext\u001b[0m', 'red text'],
  ['\u001b]0;title\u0007text', 'text'],
  ['two\r\nlines', 'two lines'],
  ['right\u202eto left', 'right to left'],
  ['a\u0000b\u0007c', 'a b c'],
])('%j is shown as %j', (text, shown) => expect(printable(text)).toBe(shown))

test('nothing that steers a terminal is left', () => {
  const text = fc.array(fc.constantFrom(...Array.from('\u001b\u009b[]0;31m\u0007\u202e\u2028\n\tab'))).map((c) => c.join(''))
  fc.assert(
    fc.property(text, (t) => {
      expect(printable(t)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
  )
}) // prettier-ignore

test('counts and shares in words', () => {
  expect([plural(1, 'document'), plural(0, 'document'), plural(2, 'entry', 'entries')]).toEqual([
    '1 document',
    '0 documents',
    '2 entries',
  ])
  expect([percent(0), percent(0.985), percent(1)]).toEqual(['0 %', '99 %', '100 %'])
})
