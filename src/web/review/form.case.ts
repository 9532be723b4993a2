import type { FormField } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Flag, ResultField } from '../../core/extraction-result.ts'
import type { Original } from './draft.ts'

const formField = (pointer: JsonPointer, given: Partial<FormField> = {}): FormField => ({
  pointer,
  label: pointer.slice(1).split('/').at(-1)!,
  kind: 'text',
  choices: [],
  required: false,
  risk: 'medium',
  hint: null,
  columns: [],
  ...given,
})

export const form: readonly FormField[] = [
  formField('/merchant/name', { label: 'merchant name' }),
  formField('/date', { kind: 'date' }),
  formField('/items', {
    kind: 'list',
    columns: [formField('/items/*/description'), formField('/items/*/amount', { kind: 'number' })],
  }),
  formField('/total', { kind: 'number' }),
]

export const original: Original = {
  data: {
    merchant: { name: 'Kopi Corner' },
    date: null,
    items: [
      { description: 'Kopi', amount: 2.5 },
      { description: 'Toast', amount: 4 },
      { description: 'Egg', amount: 3 },
    ],
    total: 9.5,
  },
  form,
  printed: (pointer) => (pointer === '/total' ? 'RM9.50' : null),
}

export const resultField = (given: Partial<ResultField>): ResultField => ({
  value: null,
  text: null,
  confidence: 0,
  source: null,
  certified: false,
  path: 'direct',
  grounded: null,
  alternatives: [],
  ...given,
})

export const withUncertain = (uncertain: readonly JsonPointer[], flags: readonly Flag[] = []) => ({
  form: [...form],
  uncertain: [...uncertain],
  row: { flags: [...flags] },
})
