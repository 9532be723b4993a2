import { expect, test } from 'vitest'
import { parseVendorTemplate, templateLimits } from './parse.ts'
import { revisionOf, vendorTemplateSchema } from './vendor-template.ts'

const good = `
vendor: Kedai Maju
type: receipt
match:
  - KEDAI MAJU SDN BHD
  - regex: 'GST No: *\\d+'
fields:
  /merchant/name: { text: Kedai Maju Sdn Bhd }
  /date: { anchor: [Date, Tarikh], as: date }
  /total:
    - { anchor: Total, take: last }
    - { region: { below: Total, rows: 2, x: [0.5, 1] } }
  /items:
    table: { from: Qty, to: Total, starts: amount, columns: { amount: { x: [0.8, 1] } } }
`
const parse = (text: string) => parseVendorTemplate(text, 'kedai')
const fields = (yaml: string) => `vendor: A\ntype: receipt\nmatch: ABC\nfields:\n  /total: ${yaml}\n`

test('one of something need not stand in a list', () => {
  const { match, fields, ...rest } = parse(good)
  expect(rest).toEqual({ name: 'kedai', vendor: 'Kedai Maju', type: 'receipt' })
  expect(match).toEqual(['KEDAI MAJU SDN BHD', { regex: 'GST No: *\\d+' }])
  expect(fields['/merchant/name']).toEqual([{ text: ['Kedai Maju Sdn Bhd'] }])
  expect(fields['/total']).toHaveLength(2)
})

test('what was parsed once is the same when it is parsed again, and comments change nothing', () => {
  const once = parse(good)
  expect(vendorTemplateSchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once)
  expect(revisionOf(parse(`# by Mei\n${good}`))).toBe(revisionOf(once))
  expect(revisionOf(parse(good.replace('take: last', 'take: first')))).not.toBe(revisionOf(once))
})

const manyBrackets = '['.repeat(20)

test.each([
  ['a pattern', good.replace('GST No: ', '\\['.repeat(20))],
  ['a text', good.replace('Kedai Maju\n', `"Kedai ${manyBrackets}"\n`)],
  ['a comment', `# ${manyBrackets}\n${' '.repeat(50)}# so\n${good}`],
])('brackets in %s are no lists', (_, text) => expect(() => parse(text)).not.toThrow()) // prettier-ignore

test.each([
  ['another word', good.replace('vendor:', 'vendors:'), /line 2: "vendors" is no word/],
  ['a word inside a field', fields('{ anchor: A, colour: red }'), /line 5: "colour" is no word/],
  ['a missing part', 'vendor: A\ntype: receipt\n', /"match" is missing/],
  ['a wrong type', good.replace('type: receipt', 'type: [1]'), /line 3: "type"/],
  ['two ways at once', fields("{ anchor: A, regex: 'b' }"), /line 5.*one way/],
  ['no way', fields('{ as: money }'), /line 5.*one way/],
  ['an unknown parser', fields('{ anchor: A, as: amount }'), /line 5.*as/],
  ['a pattern that is none', fields("{ regex: '(a' }"), /line 5.*regex.*pattern cannot be used/],
  ['a pattern that only slow engines run', fields("{ regex: 'a(?=b)' }"), /pattern cannot be used/],
  ['a text without letters', fields('{ anchor: "--" }'), /needs letters or digits/],
  ['a box beside a text', fields('{ region: { box: [0, 0, 1, 1], below: A } }'), /either "box"/],
  ['a box inside out', fields('{ region: { box: [1, 0, 0, 1] } }'), /left before right/],
  ['a place off the page', fields('{ region: { box: [0, 0, 1, 7] } }'), /line 5/],
  ['a choice of tables', fields('{ table: { starts: a, columns: { a: { x: [0, 1] } } }, take: last }'), /line 5: "fields → \/total → 1 → take" chooses between places/],
  ['a table that starts nowhere', fields('{ table: { starts: b, columns: { a: { x: [0, 1] } } } }'), /starts/],
  ['a field that is no pointer', good.replace('/date', 'date'), /line 9/],
  ['a list', '- a\n- b\n', /"vendor"/],
  ['nothing', '', /"vendor"/],
  ['tabs', 'vendor:\n\t- a', /line 2.*not YAML/],
  ['a key twice', `${good}type: invoice\n`, /line 15.*unique/],
  ['a key twice in a field', fields('{ anchor: A, anchor: B }'), /line 5.*unique/],
  ['two documents', `${good}---\n${good}`, /not YAML as it should be/],
])('refuses %s and says where', (_, text, words) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'E_BAD_REQUEST' }))
  expect(() => parse(text)).toThrow(words)
  expect(() => parse(text)).toThrow(/^The vendor template kedai\.yaml cannot be used/)
}) // prettier-ignore

const bomb = [
  'a: &a [x, x]',
  ...'bcdefghij'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]}, `.repeat(9)}]`),
]

test.each([
  ['aliases that multiply', bomb.join('\n'), /aliases/],
  ['brackets without end', '['.repeat(60_000), /deep/],
  ['brackets that end', '['.repeat(30_000) + ']'.repeat(30_000), /line 1: .* deep/],
  ['questions without end', '? '.repeat(20_000), /deep/],
  ['braces without end', `a: ${'{b: '.repeat(5_000)}`, /deep/],
  ['lists in lists without end', '- '.repeat(20_000), /deep/],
  ['keys in keys without end', Array.from({ length: 250 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), /line 12.* deep/],
  ['a huge file', `# ${'x'.repeat(templateLimits.bytes)}\n${good}`, /larger than 64 KB/],
  ['a key that reaches the prototype', `${good}__proto__: { polluted: 1 }\n`, /line 15: "__proto__"/],
  ['such a field', fields('{ anchor: A }').replace('/total', '/__proto__/polluted'), /__proto__/],
  ['such a column', fields('{ table: { starts: a, columns: { constructor: { x: [0, 1] } } } }'), /"constructor"/],
  ['a key that is a list', '? [a, b]\n: c\n', /key must be a plain text/],
  ['a tag of another language', 'vendor: !!js/function "function(){}"\ntype: receipt\n', /cannot be used/],
])('refuses %s', (_, text, words) => {
  expect(() => parse(text)).toThrow(words)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
}) // prettier-ignore
