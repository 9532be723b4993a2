import { expect, test } from 'vitest'
import { askedBy } from './schema-questions.ts'

const text = { type: 'string' }

test('a property is asked for by all that its schema says of it', () => {
  const buyer = {
    type: 'object',
    properties: {
      name: { ...text, title: 'Bill to', 'x-captions': ['Sold to'], description: 'Who pays', examples: ['Ada', 7, null] },
    },
  }
  const { fields } = askedBy({ properties: { buyer } }, 'invoice')
  expect(fields).toEqual([
    {
      pointer: '/buyer/name',
      list: null,
      phrases: [
        { kind: 'owner', text: 'buyer' },
        { kind: 'title', text: 'Bill to' },
        { kind: 'caption', text: 'Sold to' },
        { kind: 'name', text: 'name' },
        { kind: 'description', text: 'Who pays' },
        { kind: 'example', text: 'Ada' },
        { kind: 'example', text: '7' },
      ],
      type: 'string',
    },
  ])
}) // prettier-ignore

test.each<[string, object, string]>([
  ['total', { type: 'number' }, 'number'],
  ['pages', { type: 'integer' }, 'integer'],
  ['issued', { ...text, format: 'date' }, 'date'],
  ['issued', { ...text, format: 'date-time' }, 'date'],
  ['account', { ...text, format: 'iban' }, 'iban'],
  ['paid', { type: ['boolean', 'null'] }, 'boolean'],
  ['way', { enum: ['air', 'sea'] }, 'enum'],
  ['vessel', text, 'string'],
])('%s, which is %j, is asked for as %s', (key, node, type) => {
  expect(askedBy({ properties: { [key]: node } }, 'note').fields).toMatchObject([
    { pointer: `/${key}`, type },
  ])
})

test('lists of plain values and what is given are not asked for', () => {
  const properties = { kind: { const: 'invoice' }, tags: { type: 'array', items: text }, number: text }
  expect(askedBy({ properties }, 'invoice').fields.map(({ pointer }) => pointer)).toEqual(['/number'])
})

test('a list of objects is asked for column by column, each as one of the list', () => {
  const record = { amount: { type: 'number', title: 'Line total' }, parts: { type: 'array', items: text } }
  const lines = { type: 'array', items: { type: 'object', properties: record } }
  expect(askedBy({ properties: { lines } }, 'invoice').fields).toEqual([
    {
      pointer: '/lines/*/amount',
      list: '/lines',
      phrases: [
        { kind: 'owner', text: 'lines' },
        { kind: 'title', text: 'Line total' },
        { kind: 'name', text: 'amount' },
      ],
      type: 'number',
    },
  ])
})
