import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failedResult } from '../../routing/to-result.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { csvFormat } from './csv.ts'
import { safeCell } from './table.ts'

const line = { type: 'object', properties: { name: { type: 'string' }, 'price/unit': { type: 'number' } } }
const schema = {
  type: 'object',
  properties: {
    seller: { type: 'object', properties: { name: { type: 'string' } } },
    buyer: { anyOf: [{ $ref: '#/$defs/party' }, { type: 'null' }] },
    total: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    tags: { type: 'array', items: { type: 'string' } },
    items: { anyOf: [{ type: 'array', items: { $ref: '#/$defs/line' } }, { type: 'null' }] },
  },
  $defs: { line, party: { type: 'object', properties: { name: { type: 'string' } } } },
}
const row = (data: unknown, changes = {}) => ({ file: 'a,b.jpg', ...sampleResult({ data, ...changes }) })
const items = [
  { name: 'Tea', 'price/unit': 3 },
  { name: '=1+1', 'price/unit': -9 },
]
const whole = row({ seller: { name: 'A "B"' }, buyer: { name: 'C' }, total: 12.5, items })

test('a line for each document', () => {
  const csv = csvFormat(schema, 'document')
  expect(csv.header).toBe('"file","verdict","error","flags","seller.name","buyer.name","total"\n')
  expect(csv.lines(whole)).toBe('"a,b.jpg","accepted",,,"A ""B""","C",12.5\n')
})

test('a line for each item', () => {
  const csv = csvFormat(schema, 'item')
  expect(csv.header).toBe(
    '"file","verdict","error","flags","seller.name","buyer.name","total","items.name","items.price/unit"\n',
  )
  expect(csv.lines(whole)).toBe(
    '"a,b.jpg","accepted",,,"A ""B""","C",12.5,"Tea",3\n' +
      `"a,b.jpg","accepted",,,"A ""B""","C",12.5,"'=1+1",-9\n`,
  )
})

test.each([[null], [[]], [undefined]])('a document has its line when its items are %s', (none) => {
  const document = row({ seller: { name: 'A' }, buyer: null, total: null, items: none })
  expect(csvFormat(schema, 'item').lines(document)).toBe('"a,b.jpg","accepted",,,"A",,,,\n')
})

test('a document that failed says why, one that is flagged what for', () => {
  const csv = csvFormat(schema, 'document')
  const error = { code: 'E_CORRUPT', message: 'Broken.', retryable: false } as const
  expect(csv.lines({ file: 'a.jpg', ...failedResult('bill', 'auto', error) })).toBe(
    '"a.jpg","failed","E_CORRUPT",,,,\n',
  )
  const flags = ['B', 'A', 'B'].map((code) => ({ code, field: null, message: '' }))
  expect(csv.lines(row({}, { flags, verdict: 'needs_review' }))).toBe('"a,b.jpg","needs_review",,"B A",,,\n')
})

test('names of columns are cells too', () => {
  const odd = { type: 'object', properties: { '=cmd()': { type: 'string' } } }
  expect(csvFormat(odd, 'document').header).toBe(`"file","verdict","error","flags","'=cmd()"\n`)
})

test.each<[unknown, string | number]>([
  ['=1+1', "'=1+1"],
  ['+60 3 7955', "'+60 3 7955"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['\nx', "'\nx"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u200b\ufeff=1', "'\u200b\ufeff=1"],
  ['a\n=1', "a\n'=1"],
  ['a\r\n @b', "a\r'\n' @b"],
  ['＝1', "'＝1"],
  ['a=1', 'a=1'],
  ['a;=1', "a;'=1"],
  ['a; "=1"', `a;' "=1"`],
  ['a\t-1', "a\t'-1"],
  ['a; b', 'a; b'],
  ['a\nb', 'a\nb'],
  ['12.50', '12.50'],
  [-5, -5],
  [0, 0],
  [null, ''],
  [undefined, ''],
  [true, 'true'],
  [['=1'], '["=1"]'],
])('%j is written as %j', (value, cell) => expect(safeCell(value)).toBe(cell))

test('no line of any cell begins a formula', () => {
  const text = fc.array(fc.constantFrom(...Array.from('=+-@|%\t\r\n \u00a0\u2003\u200b\ufeff\u0000aA1,;"\''))).map((c) => c.join(''))
  fc.assert(
    fc.property(text, (value) => {
      const cell = String(safeCell(value))
      expect(cell).not.toMatch(/^[\t\r\n]/)
      for (const part of cell.split(/[\r\n;]/)) expect(part.replace(/^[\s\p{Cc}\p{Cf}]+/u, '')).not.toMatch(/^[=+\-@|%]/)
      expect(cell.replaceAll("'", '')).toBe(value.replaceAll("'", ''))
    }),
    { numRuns: 1000 },
  )
}) // prettier-ignore
