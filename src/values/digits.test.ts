import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repairDigits } from './digits.ts'

test.each([
  ['TOTAL 1O.5O', 'TOTAL 10.50'],
  ['1O/O3/2O18', '10/03/2018'],
  ['|2.00', '12.00'],
  ['l0.00 S5.00 3.5B', '10.00 55.00 3.58'],
  ['1,O00.00', '1,000.00'],
])('%s was printed as %s', (read, printed) => expect(repairDigits(read)).toBe(printed))

test.each(['SOLO', 'ISO 9001', 'IOO', '5OO', 'RM10.50', 'A4 PAPER', 'MyS0', '12.50', '- 5'])(
  '%s stays as it is',
  (text) => expect(repairDigits(text)).toBe(text),
)

test('keeps the length and every digit, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Array.from('0189OoQDIl|[]!ZzSs§B.,/:- RMé'))), (characters) => {
      const text = characters.join('')
      const repaired = repairDigits(text)
      expect(repaired).toHaveLength(text.length)
      expect(Array.from(text).every((c, i) => !/\d/.test(c) || repaired[i] === c)).toBe(true)
      expect(repairDigits(repaired)).toHaveLength(text.length)
    }),
  )
})
