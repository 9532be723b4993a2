import { describe, expect, it } from 'vitest'
import type { Review } from '../../contract/review.ts'
import { catchUp, isCurrent, isRecorded, originalOf } from './catch-up.ts'
import { addRecord, changesOf, edit, removeRecord, untouched } from './draft.ts'
import { form, original } from './form.case.ts'

type Corrections = Review['corrections']
const correction = (
  field: Corrections[number]['field'],
  after: string | number | null,
): Corrections[number] => ({
  field,
  before: 'before',
  after,
  by: 'Ann',
  at: '2026-01-02T03:04:05.000Z',
})

const attempts = [{ path: 'direct', model: 'm', score: 1, ms: 5 }]
const reviewOf = (corrections: Corrections, data: unknown = original.data, ms = 5): Review =>
  ({
    row: { data, fields: {}, attempts: [{ ...attempts[0], ms }] },
    form,
    corrections,
    revision: corrections.length,
  }) as unknown as Review

const data = original.data as { items: object[] }
const seen = reviewOf([])
const before = originalOf(seen)

describe('a document that was corrected since it was opened', () => {
  it('keeps what was typed where the field is the same', () => {
    const draft = edit(before, edit(before, untouched, '/total', '12'), '/items/1/amount', '5')
    const now = reviewOf([correction('/date', '2018-03-02')], { ...data, date: '2018-03-02' })
    const caught = catchUp(draft, seen, now)
    expect(caught.draft).toEqual(draft)
    expect(caught.says).toBe(
      'Ann changed this document since you opened it: date. What you typed is still there. Look at it again, then accept.',
    )
  })

  it('drops what was typed in a list whose records are others now, and says so', () => {
    const draft = edit(
      before,
      removeRecord(edit(before, untouched, '/total', '12'), '/items/0'),
      '/items/1/amount',
      '5',
    )
    const now = reviewOf([correction('/items/0', null)], { ...data, items: data.items.slice(1) })
    const { draft: left, says } = catchUp(draft, seen, now)
    expect(changesOf(originalOf(now), left)).toEqual([{ field: '/total', value: 12 }])
    expect(says).toContain('What you changed in items is gone')
    expect(says).toContain('What you typed elsewhere is still there.')
  })

  it('drops new records where somebody else added one, and one taken away for one added', () => {
    const draft = edit(before, addRecord(before, untouched, '/items'), '/items/3/amount', '5')
    const longer = reviewOf([correction('/items/3/amount', 7)], {
      ...data,
      items: [...data.items, { amount: 7 }],
    })
    expect(catchUp(draft, seen, longer).draft).toEqual(untouched)
    const swapped = reviewOf([correction('/items/3/amount', 7), correction('/items/0', null)])
    expect(catchUp(draft, seen, swapped).draft).toEqual(untouched)
  })

  it('has no change left where somebody else wrote the same', () => {
    const draft = edit(before, edit(before, untouched, '/total', '12'), '/date', '2018-03-02')
    const now = reviewOf([correction('/total', 12)], { ...data, total: 12 })
    expect(Object.keys(catchUp(draft, seen, now).draft.edits)).toEqual(['/date'])
  })

  it('begins again where it was read anew', () => {
    const draft = edit(before, untouched, '/total', '12')
    const anew = reviewOf([], data, 6)
    expect(isCurrent(seen, anew)).toBe(false)
    expect(catchUp(draft, seen, anew)).toMatchObject({
      draft: untouched,
      says: expect.stringContaining('read anew'),
    })
    const dropped = catchUp(draft, reviewOf([correction('/date', 'x')]), reviewOf([]))
    expect(dropped.draft).toEqual(untouched)
  })
})

describe('changes whose answer was lost', () => {
  const draft = removeRecord(edit(before, untouched, '/total', '12'), '/items/0')
  const changes = changesOf(before, draft)
  const own = [correction('/total', 12), correction('/items/0', null)]

  it('are known to be recorded, with what they left out of new records', () => {
    expect(isRecorded(changes, seen, reviewOf(own))).toBe(true)
    const left = { ...correction('/items/2/amount', null), before: null }
    const empty = { ...correction('/items/1', null), before: '{"amount":null,"tags":[]}' }
    expect(isRecorded(changes, seen, reviewOf([...own, empty]))).toBe(true)
    expect(isRecorded(changes, seen, reviewOf([...own, left]))).toBe(true)
    expect(catchUp(draft, seen, reviewOf(own))).toEqual({
      draft: untouched,
      says: 'What you changed is saved.',
    })
  })

  it('are not, where there is anything else', () => {
    for (const made of [[], own.slice(0, 1), own.toReversed(), [...own, correction('/items/0', null)]])
      expect(isRecorded(changes, seen, reviewOf(made))).toBe(false)
    expect(isRecorded([], seen, seen)).toBe(false)
    expect(isRecorded(changes, seen, reviewOf(own, data, 6))).toBe(false)
  })
})
