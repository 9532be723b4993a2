import { expect, it } from 'vitest'
import { columnsOf, recordsOf, textAt, untouched } from './draft.ts'
import { form, original } from './form.case.ts'
import { blockOf, fill, type Block } from './paste.ts'

const list = form.find(({ pointer }) => pointer === '/items')!
const columns = columnsOf(list)
const [description, amount] = columns
const at = (record: number, column = description!) =>
  ({ list: list.pointer, columns, record: `/items/${record}`, column }) as const

it('takes lines and tabs for cells, and a single value for itself', () => {
  expect(blockOf('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  expect(blockOf('"two\nlines"\t"a ""b"""\n"open\tx')).toEqual([
    ['two lines', 'a "b"'],
    ['"open', 'x'],
  ])
  expect(blockOf('Kopi O\n')).toBeNull()
})

it('fills cells from one on, and adds records where there are too few', () => {
  const block: Block = [
    ['Teh', '1.80'],
    ['Roti', '2'],
  ]
  const filled = fill(original, untouched, at(2), block)
  const draft = 'draft' in filled ? filled.draft : untouched
  expect(recordsOf(original, draft, '/items')).toHaveLength(4)
  expect(['/items/2/description', '/items/3/amount'].map((p) => textAt(original, draft, p as '/'))).toEqual([
    'Teh',
    '2',
  ])
})

it.each<[string, Block, string]>([
  ['too wide', [['1', '2']], 'from amount on there is 1'],
  ['ragged', [['1'], ['2', '3']], 'different numbers of cells'],
  ['too long', Array.from({ length: 501 }, () => ['1']), 'at most 500'],
])('says why a block that is %s does not fit', (_, block, why) => {
  expect(fill(original, untouched, at(0, amount), block)).toEqual({ problem: expect.stringContaining(why) })
})
