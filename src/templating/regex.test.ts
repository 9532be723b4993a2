import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { detectLocale } from '../values/locale.ts'
import { money, type ValueParser } from './parsers.ts'
import { regex } from './regex.ts'
import { contextOf } from './rules.case.ts'

const page = pageOf('Bill No. 0042 Table 7\nTOTAL RM 12.50\nBill No. 0043', { page: 3 })

test.each<[string, RegExp, ValueParser | undefined, [unknown, string[]][]]>([
  ['its first group', /No\. (\d+)/, undefined, [['0042', ['0042']], ['0043', ['0043']]]],
  ['the whole match without a group', /Table \d/, undefined, [['Table 7', ['Table', '7']]]],
  ['an alternative without its group', /Table \d|No\. (\d+)$/, undefined, [['Table 7', ['Table', '7']], ['0043', ['0043']]]],
  ['regardless of case on request', /total (.+)/i, money, [[12.5, ['RM', '12.50']]]],
  ['nothing where the value does not parse', /Table (\w+)/, (t) => money(`x${t}x`.repeat(9), detectLocale('')), []],
  ['nothing where the pattern is absent', /Order (\d+)/, undefined, []],
])('takes %s', (_, pattern, as, found) => {
  const findings = regex(pattern, as ? { as } : {}).find(contextOf([page]))
  expect(findings.map((f) => [f.value, f.words.map((w) => w.text)])).toEqual(found)
  for (const { page, confidence } of findings) expect([page, confidence]).toEqual([3, expect.closeTo(0.81, 9)])
}) // prettier-ignore

test('a pattern with a state is read from its start each time', () => {
  const rule = regex(/No\. (\d+)/g)
  const once = rule.find(contextOf([page]))
  expect(rule.find(contextOf([page]))).toEqual(once)
})
