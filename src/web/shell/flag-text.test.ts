import { expect, it } from 'vitest'
import { flagText, flagTextAtField } from './flag-text.ts'

it('names fields in words', () => {
  const flag = { field: '/items/0/amount', message: '/items/0/amount: the paths differ.' } as const
  expect(flagText(flag)).toBe('Items 1 amount: the paths differ.')
  expect(flagTextAtField(flag)).toBe('The paths differ.')
})

it('leaves other messages as they are', () => {
  const flag = { field: '/total', message: 'Subtotal does not make the total.' } as const
  expect([flagText(flag), flagTextAtField(flag)]).toEqual([flag.message, flag.message])
  expect(flagText({ field: null, message: 'No text.' })).toBe('No text.')
})
