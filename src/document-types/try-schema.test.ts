import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import type { Entity } from '../core/engines.ts'
import { trySchema } from './try-schema.ts'

const page = pageOf(`
Hollowick Mills                       ORDER
Order No.: A-1047            Ordered:  17 June 2024
Dispatch: 20 June 2024       Dock leader:  Ada Field
Weighed gross:  16.50        Carriage payable: 19.80
`)

const schema = {
  type: 'object',
  properties: {
    orderNumber: { type: 'string' },
    shipped: { type: 'string', format: 'date' },
    leader: { type: 'string', title: 'Leader of the dock' },
    fee: { type: 'number', title: 'Freight' },
    dock: { type: 'string', 'x-captions': ['Dock leader'] },
  },
} as const

const tried = new Map(
  trySchema(schema, 'order', { pages: [page], entities: [] }).map((field) => [field.pointer, field]),
)

test('a field says how it is asked for, what it finds, and by which caption', () => {
  expect(tried.get('/orderNumber')).toMatchObject({
    asked: ['orderNumber'],
    value: 'A-1047',
    caption: 'Order No',
    page: 1,
    hints: [],
  })
  expect(tried.get('/dock')).toMatchObject({ asked: ['Dock leader', 'dock'], value: 'Ada Field' })
})

test('captions that lead to a value are hints where none was found', () => {
  expect(tried.get('/shipped')).toMatchObject({ value: null, hints: ['Ordered', 'Dispatch'] })
  expect(tried.get('/fee')!.hints.toSorted()).toEqual(['Carriage payable', 'Weighed gross'])
})

test('a hint, taken, makes the field be found', () => {
  const shipped = { ...schema.properties.shipped, 'x-captions': [tried.get('/shipped')!.hints[1]!] }
  const asked = { type: 'object', properties: { shipped } }
  const [field] = trySchema(asked, 'order', { pages: [page], entities: [] })
  expect(field).toMatchObject({ value: '2024-06-20', caption: 'Dispatch', hints: [] })
})

test('a caption by whose value a model found the field is a hint too, and what came second is told', () => {
  const words = page.lines.flatMap((line) => line.words)
  const dayFrom = (text: string, confidence: number): Entity => {
    const from = words.findIndex((word) => word.text === text)
    return { label: '/shipped', confidence, page: 1, words: words.slice(from, from + 3), group: null }
  }
  const entities = [dayFrom('20', 0.9), dayFrom('17', 0.4)]
  const fields = trySchema(schema, 'order', { pages: [page], entities })
  expect(fields.find(({ pointer }) => pointer === '/shipped')).toMatchObject({
    value: '2024-06-20',
    caption: 'Dispatch',
    second: { value: '2024-06-17', caption: 'Ordered' },
    hints: ['Dispatch'],
  })
})
