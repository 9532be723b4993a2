import { expect, test } from 'vitest'
import type { TriedFieldAnswer } from '../../contract/types.ts'
import { jsonOf, nameOfFile, placeOf } from './type-text.ts'

test('a pasted schema is JSON, or it is said why not', () => {
  expect(jsonOf(' {"a": 1} ')).toEqual({ a: 1 })
  expect(() => jsonOf(' ')).toThrow('Paste a JSON Schema')
  expect(() => jsonOf('{')).toThrow('The schema is not JSON')
})

test.each([
  ['order.schema.json', 'order'],
  ['My Order (2).json', 'my-order-2'],
  ['2024_slip.JSON', 'slip'],
  ['Größe.json', 'gr-e'],
  ['123.json', ''],
])('%s is of the type %s', (file, name) => expect(nameOfFile(file)).toBe(name))

const field: TriedFieldAnswer = {
  ...{ pointer: '/total', asked: ['total'], value: 3, text: '3.00', confidence: 1, page: 2, caption: 'Sum' },
  ...{ second: null, hints: [] },
}

test('a value stands on a page, at a caption; one that was not found might', () => {
  expect(placeOf(field)).toBe('page 2, at “Sum”')
  expect(placeOf({ ...field, caption: null })).toBe('page 2')
  expect(placeOf({ ...field, page: null })).toBe('')
  const lost = { ...field, value: null, page: null, caption: null }
  expect(placeOf({ ...lost, hints: ['Sum', 'Due'] })).toBe('perhaps at “Sum”, “Due”')
  expect(placeOf(lost)).toBe('')
})
