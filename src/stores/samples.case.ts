import { createHash } from 'node:crypto'
import type { StoredResult, Work } from '../core/jobs.ts'

/** A result as `finish` takes it; give what a test cares about. */
export const sampleResult = (changes: Partial<StoredResult> = {}): StoredResult => ({
  version: 1,
  documentType: 'receipt',
  route: 'auto',
  reason: 'modular accepted',
  verdict: 'accepted',
  data: { total: 9 },
  fields: {
    '/total': {
      value: 9,
      text: 'RM9.00',
      confidence: 0.98,
      source: { page: 1, box: [0.61, 0.72, 0.8, 0.75], text: 'RM9.00' },
      certified: false,
      path: 'modular',
      grounded: null,
      alternatives: [],
    },
  },
  flags: [],
  attempts: [{ path: 'modular', model: 'rules@1', score: 0.97, ms: 210 }],
  error: null,
  ms: 230,
  ...changes,
})

/** The work of a key; give what a test cares about. */
export const sampleWork = (key: string, changes: Partial<Work> = {}): Work => ({
  key,
  blob: createHash('sha256').update(key).digest('hex'),
  type: { name: 'receipt', file: null, hash: 'h1' },
  route: 'auto',
  ocr: 'tesseract',
  vlm: 'onnx',
  pipeline: 'parallax@1+tesseract@5.5+rules@1',
  templates: null,
  ...changes,
})
