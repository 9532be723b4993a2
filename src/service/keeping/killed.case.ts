import { createHash } from 'node:crypto'
import { submitFiles, type ReceivedFile } from '../submitting/submit-files.ts'
import { deleteBatch, finishDeletions, type Records } from './delete.ts'
import { sweep } from './sweep.ts'

/** What may be killed; each answers a word once it has come through. */
export type Operation = 'submit' | 'delete' | 'sweep'

const files = ['one', 'two', 'one'].map((text): ReceivedFile => {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { name: `${text}.jpg`, sha256, bytes: async () => new TextEncoder().encode(text) }
})

const order = {
  tenant: 'a',
  type: 'receipt',
  route: 'auto',
  callback: null,
  idempotencyKey: 'k',
  priority: 0,
  files,
} as const

const description = {
  type: { name: 'receipt', file: null, hash: 'h' },
  jsonSchema: {},
  pipeline: 'p',
  templates: [{ vendor: 'acme' } as never],
  otherTypes: [],
}

export const operations: Readonly<Record<Operation, (records: Records) => Promise<string>>> = {
  /** Always the same, under an Idempotency-Key. */
  async submit(records) {
    await submitFiles({ ...records, ocr: 'tesseract', vlm: 'onnx', pipeline: 'p' }, order, description)
    return 'submitted'
  },
  /** What `submit` has submitted. */
  async delete(records) {
    for (const { id } of await records.store.batches({ tenant: 'a' })) await deleteBatch(records, id)
    await finishDeletions(records)
    return 'deleted'
  },
  /** Also what is new. */
  async sweep(records) {
    await sweep(records, -1)
    return 'swept'
  },
}
