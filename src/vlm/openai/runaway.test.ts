import { expect, test } from 'vitest'
import { runaway } from './runaway.ts'

const start = '{"train":"'
const record = '{"coach":4,"seat":null},'

test.each([
  ['short words', 'ha ', 60, null],
  ['a long phrase', 'The quick brown fox jumps over the lazy dog. ', 8, 1],
  ['records', record, 32, 1],
  ['a page of text', Array.from({ length: 200 }, (_, i) => `w${i} `).join(''), 8, 1],
])('sees that %s repeat', (_, unit, times, kept) => {
  const usable = runaway(start + unit.repeat(times))!
  expect(usable).toBeLessThanOrEqual(start.length + 50 + unit.length)
  if (kept !== null) expect(usable).toBe(start.length + kept * unit.length)
})

test.each([
  ['seven phrases', 'The quick brown fox jumps over the lazy dog. '.repeat(7)],
  ['thirty records', record.repeat(30)],
  ['indentation', ' '.repeat(1900)],
  ['a row of stars', '*'.repeat(80)],
  ['counting', Array.from({ length: 500 }, (_, i) => `"price": ${i * 7},`).join('\n')],
])('lets %s pass', (_, text) => expect(runaway(start + text)).toBeNull())

test('white space is cut off', () => {
  expect(runaway(`${start}${' \n'.repeat(1100)}`)).toBe(start.length)
})
