import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { compilePattern, linearRegex, maxPatternLength, showsPattern } from './linear-regex.ts'
import { contextOf } from './rules.case.ts'

const page = pageOf('BON-NR 0042\nBON-NR 0043\nTotal 9.00')
const found = (pattern: string) =>
  linearRegex(pattern)
    .find(contextOf([page]))
    .map(({ text, words }) => [text, words.length])

test.each([
  ['BON-NR (\\d+)', [['0042', 1], ['0043', 1]]],
  ['(?:total|Total) .*', [['Total 9.00', 2]]],
  ['nothing', []],
  ['(x*)', []],
])('%s gives the first group, or the whole match', (pattern, expected) => expect(found(pattern)).toEqual(expected)) // prettier-ignore

test('says whether a pattern is anywhere on the pages', () => {
  expect(showsPattern([page], '^Total')).toBe(true)
  expect(showsPattern([page], 'Total$')).toBe(false)
})

test.each([
  ['an open group', '(\\d'],
  ['a look-ahead, which no linear engine has', 'a(?=b)'],
  ['a back reference', '(a)\\1'],
  ['a repetition without end', '(a{1000}){1000}'],
  ['a very long one', 'a'.repeat(maxPatternLength + 1)],
])('refuses %s', (_, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ code: 'E_BAD_REQUEST' }))
})

test('a pattern that others take for ever over ends', () => {
  const hostile = pageOf(`${'a'.repeat(50_000)}!`)
  for (const pattern of ['(a+)+$', '(a|a)*b', '(.*)*x']) {
    expect(linearRegex(pattern).find(contextOf([hostile]))).toEqual([])
  }
})
