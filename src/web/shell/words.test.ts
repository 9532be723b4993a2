import { expect, it } from 'vitest'
import { bytes, codeWords, plural, share, when } from './words.ts'

it('counts as people do', () => {
  expect([plural(0, 'document'), plural(1, 'document'), plural(1200, 'document')]).toEqual([
    '0 documents',
    '1 document',
    '1,200 documents',
  ])
  expect([share(0, 0), share(0, 3), share(1, 300), share(2, 3), share(3, 3)]).toEqual([
    '–',
    '0 %',
    '0.3 %',
    '67 %',
    '100 %',
  ])
  expect([bytes(10), bytes(1_250_000)]).toEqual(['1 kB', '1.3 MB'])
})

it('says days of this year without it', () => {
  const now = new Date(2026, 10, 21, 12)
  expect(when(new Date(2026, 10, 21, 9, 5).toISOString(), now)).toBe('today 09:05')
  expect(when(new Date(2026, 2, 1, 9, 5).toISOString(), now)).toBe('1 Mar, 09:05')
  expect(when(new Date(2025, 2, 1, 9, 5).toISOString(), now)).toBe('1 Mar 2025, 09:05')
})

it('says codes in words', () => expect(codeWords('E_LOW_CONFIDENCE')).toBe('low confidence'))
