import { describe, expect, it } from 'vitest'
import {
  addRecord,
  changesOf,
  edit,
  isEdited,
  misspelt,
  moveRecord,
  putBack,
  recordsOf,
  removeRecord,
  textAt,
  untouched,
} from './draft.ts'
import { original } from './form.case.ts'

describe('a draft', () => {
  it('shows what was printed until it is changed', () => {
    expect(textAt(original, untouched, '/total')).toBe('9.50')
    const draft = edit(original, untouched, '/total', '10')
    expect(textAt(original, draft, '/total')).toBe('10')
    expect(changesOf(original, draft)).toEqual([{ field: '/total', value: 10 }])
  })

  it('has no change left when a value is what it was', () => {
    const draft = edit(original, edit(original, untouched, '/total', '10'), '/total', '9.50')
    expect(isEdited(draft, '/total')).toBe(false)
    expect(changesOf(original, draft)).toEqual([])
  })

  it('says where a text is no value, and sends it not', () => {
    const draft = edit(original, untouched, '/date', 'yesterday')
    expect([...misspelt(original, draft).keys()]).toEqual(['/date'])
    expect(changesOf(original, draft)).toEqual([])
  })

  it('takes records away from the last on, after all values, so that no pointer changes its meaning', () => {
    let draft = removeRecord(removeRecord(untouched, '/items/0'), '/items/2')
    draft = edit(original, draft, '/items/1/amount', '4.20')
    draft = edit(original, draft, '/items/2/amount', 'gone with its record')
    expect(misspelt(original, draft).size).toBe(0)
    expect(changesOf(original, draft)).toEqual([
      { field: '/items/1/amount', value: 4.2 },
      { field: '/items/2', value: null },
      { field: '/items/0', value: null },
    ])
    expect(putBack(draft, '/items/0').removed).toEqual(['/items/2'])
  })

  it('numbers new records without gaps, and leaves out those that are empty', () => {
    let draft = addRecord(original, untouched, '/items')
    draft = addRecord(original, draft, '/items')
    draft = addRecord(original, draft, '/items')
    expect(recordsOf(original, draft, '/items')).toHaveLength(6)
    draft = edit(original, draft, '/items/3/description', 'first, taken away again')
    draft = edit(original, draft, '/items/5/description', 'Teh')
    draft = edit(original, draft, '/items/5/amount', '1,80')
    draft = removeRecord(draft, '/items/3')
    expect(changesOf(original, draft)).toEqual([
      { field: '/items/3/description', value: 'Teh' },
      { field: '/items/3/amount', value: 1.8 },
    ])
  })

  it('inserts below a record and moves records, and tells the order where it is another', () => {
    let draft = addRecord(original, untouched, '/items', '/items/0')
    draft = addRecord(original, draft, '/items', '/items/0')
    expect(recordsOf(original, draft, '/items')).toEqual([0, 4, 3, 1, 2].map((place) => `/items/${place}`))
    draft = edit(original, draft, '/items/3/description', 'later')
    draft = edit(original, draft, '/items/4/description', 'sooner')
    draft = removeRecord(draft, '/items/1')
    expect(changesOf(original, draft)).toEqual([
      { field: '/items/3/description', value: 'sooner' },
      { field: '/items/4/description', value: 'later' },
      { field: '/items/1', value: null },
      { field: '/items/-', value: '0 3 4 2' },
    ])
    const up = moveRecord(original, draft, '/items/2', -1)
    expect(recordsOf(original, up, '/items')).toEqual([0, 4, 2, 3, 1].map((place) => `/items/${place}`))
    expect(moveRecord(original, up, '/items/0', -1)).toBe(up)
    const back = moveRecord(original, moveRecord(original, untouched, '/items/0', 1), '/items/0', -1)
    expect(changesOf(original, back)).toEqual([])
  })
})
