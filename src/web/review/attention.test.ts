import { describe, expect, it } from 'vitest'
import { flagsByPlace, inOrder, isOf, part, spoken, stopBeside, stops } from './attention.ts'
import { cells, untouched } from './draft.ts'
import { withUncertain, original } from './form.case.ts'

describe('what asks for a look', () => {
  it('stands apart from what does not, a list as a whole', () => {
    const { uncertain: loud, quiet } = part(withUncertain(['/items/1/amount', '/total']))
    expect(loud.map(({ pointer }) => pointer)).toEqual(['/items', '/total'])
    expect(quiet.map(({ pointer }) => pointer)).toEqual(['/merchant/name', '/date'])
  })

  it('is gone through from the top, whatever is most doubtful', () => {
    const review = withUncertain(['/total', '/items/2/amount', '/date'])
    expect(stops(review, original, untouched)).toEqual(['/date', '/items/2/amount', '/total'])
  })

  it('has a place to stop in a list that is doubtful as a whole', () => {
    expect(stops(withUncertain(['/items']), original, untouched)).toEqual(['/items/0/description'])
  })

  it('has a next and a last, from anywhere', () => {
    const order = cells(original, untouched).map(({ pointer }) => pointer)
    const all = ['/date', '/total'] as const
    expect(stopBeside(all, order, '/merchant/name', 1)).toBe('/date')
    expect(stopBeside(all, order, '/items/1/amount', -1)).toBe('/date')
    expect(stopBeside(all, order, '/total', 1)).toBeNull()
    expect(stopBeside(all, order, null, 1)).toBe('/date')
  })
})

describe('what does not fit together', () => {
  const sum = (...fields: readonly `/${string}`[]) => ({
    code: 'SUM',
    field: fields[0]!,
    fields: [...fields],
    message: 'm',
  })
  const review = withUncertain(
    ['/date', '/total'],
    [sum('/total', '/items/0/amount'), sum('/items/1/amount', '/items/1/description')],
  )

  it('is one question with all its parts, which no other place tells', () => {
    const { uncertain: loud, misfits, quiet } = part(review)
    expect(misfits.map(({ fields }) => fields.map(({ pointer }) => pointer))).toEqual([['/items', '/total']])
    expect([loud, quiet].map((fields) => fields.map(({ pointer }) => pointer))).toEqual([
      ['/date'],
      ['/merchant/name'],
    ])
    expect(review.row.flags.map((flag) => isOf(flag, misfits[0]!))).toEqual([true, false])
    expect(inOrder(review).map(({ pointer }) => pointer)).toEqual([
      '/date',
      '/items',
      '/total',
      '/merchant/name',
    ])
  })

  it('is one question where two sums share a part', () => {
    const shared = withUncertain(
      [],
      [sum('/date', '/total'), sum('/merchant/name', '/items'), sum('/total', '/items')],
    )
    expect(part(shared).misfits).toHaveLength(1)
  })
})

it('puts every flag where its field is shown, or above all', () => {
  const flag = (field: `/${string}` | null) => ({ code: 'X', field, message: 'm' })
  const places = flagsByPlace(
    [flag('/total'), flag('/items/7'), flag(null), flag('/unknown')],
    original,
    untouched,
  )
  expect([...places.keys()]).toEqual(['/total', '/items', null])
  expect(places.get(null)).toHaveLength(2)
})

it('names inputs as people do', () => {
  expect(spoken(original, untouched, '/merchant/name')).toBe('merchant name')
  expect(spoken(original, untouched, '/items/1/amount')).toBe('items 2 amount')
  expect(spoken(original, untouched, '/gone')).toBe('/gone')
})
