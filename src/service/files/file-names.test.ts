import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, nameOf } from './file-names.ts'

/** Names of any bytes but those that no name has, often with what looks like an escaped byte. */
const names = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes.filter((b) => b !== 0 && b !== 47))),
      fc.constantFrom('\\xE9', '\\x5C', '\\', 'x', 'é', '漢字', '.png').map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts)) // prettier-ignore

test('every name is read back from its text, so that no two have one text', () => {
  const holds = (name: Buffer): boolean => Buffer.from(bytesOf(nameOf(name))).equals(name)
  fc.assert(fc.property(names, holds), { numRuns: 2000 })
})

test('the text of a name is text that can be stored anywhere', () => {
  const isText = (text: string): boolean => Buffer.from(text).toString() === text
  fc.assert(fc.property(names, (name) => isText(nameOf(name))))
})

test.each([
  ['plain.png', 'plain.png'],
  ['Grüße 漢字.png', 'Grüße 漢字.png'],
  ['back\\slash.png', 'back\\slash.png'],
  ['new\nline', 'new\nline'],
])('%j stands for itself', (name, text) => {
  expect(nameOf(Buffer.from(name))).toBe(text)
  expect(bytesOf(text)).toBe(text)
})

test.each<[string, number[], string]>([
  ['a byte of Latin-1', [0x63, 0xe9], 'c\\xE9'],
  ['a sequence that is cut off', [0xe2, 0x82], '\\xE2\\x82'],
  ['half of a surrogate', [0xed, 0xa0, 0x80], '\\xED\\xA0\\x80'],
  ['UTF-8 beside what is none', [0xc3, 0xa9, 0xff, 0x61], 'é\\xFFa'],
  ['a letter written too long', [0xc0, 0xaf], '\\xC0\\xAF'],
])('%s is escaped', (_, bytes, text) => expect(nameOf(Buffer.from(bytes))).toBe(text))
