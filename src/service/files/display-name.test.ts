import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayName } from './display-name.ts'

test.each([
  ['scan.jpg', 'scan.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\scan.jpg', 'scan.jpg'],
  ['a\u0000b\r\nc.jpg', 'a b c.jpg'],
  ['gpj.\u202eexe', 'gpj. exe'],
  ['..', 'document'],
  ['/', 'document'],
  ['  \u200b ', 'document'],
  [undefined, 'document'],
  [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(194)}….jpeg`],
  ['Café.png'.normalize('NFD'), 'Café.png'],
])('%j is shown as %j', (name, shown) => expect(displayName(name)).toBe(shown))

test('whatever a name is, what is shown of it is short, visible and no path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const shown = displayName(name)
      expect([...shown].length).toBeLessThanOrEqual(200)
      expect(shown).toMatch(/^[^\p{C}/\\]+$/u)
    }),
  )
})
