import { expect, test } from 'vitest'
import { collectReviewed } from './reviewed.ts'

test('counts what a person has settled, by type', async () => {
  const reviewed = collectReviewed()
  const documents = [
    ['reviewed', 'order'],
    ['reviewed', 'order'],
    ['reviewed', 'slip'],
    ['rejected', 'slip'],
    ['accepted', 'order'],
  ] as const
  for (const [status, documentType] of documents) reviewed.add({ status }, { documentType })
  expect((await reviewed.text()).split('\n').filter((line) => !line.startsWith('#') && line !== '')).toEqual([
    'parallax_documents_reviewed{type="order"} 2',
    'parallax_documents_reviewed{type="slip"} 1',
  ])
})
