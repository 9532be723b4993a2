import type { JsonPointer } from '../../src/core/extraction.ts'
import { setPointer } from '../../src/core/pointer.ts'
import type { ExtractionResult, ResultField } from '../../src/core/extraction-result.ts'
import { toNumber, type PeerReading } from './tesseract-regex.ts'

const asNumber = new Set<keyof PeerReading>(['subtotal', 'tax', 'tip', 'total'])

const pointers: Readonly<Record<keyof PeerReading, JsonPointer>> = {
  company: '/merchant/name',
  address: '/merchant/address',
  phone: '/merchant/phone',
  date: '/date',
  time: '/time',
  subtotal: '/subtotal',
  tax: '/tax',
  tip: '/tip',
  total: '/total',
}

const field = (value: string | number, text: string): ResultField => ({
  value,
  text,
  confidence: 1,
  source: null,
  certified: false,
  path: 'modular',
  grounded: null,
  alternatives: [],
})

/** The peer's answer in the shape in which answers are scored. */
export function toPeerResult(file: string, reading: PeerReading, ms: number): ExtractionResult {
  const entries = Object.entries(reading) as [keyof PeerReading, string][]
  const fields = entries.map(([name, text]): [JsonPointer, ResultField] => [
    pointers[name],
    field(asNumber.has(name) ? toNumber(text) : text, text),
  ])
  const data: Record<string, unknown> = {}
  for (const [pointer, { value }] of fields) setPointer(data, pointer, value)
  return {
    version: 1,
    file,
    documentType: 'receipt',
    route: 'modular',
    reason: 'tesseract and regular expressions',
    verdict: 'accepted',
    data,
    fields: Object.fromEntries(fields),
    flags: [],
    attempts: [],
    error: null,
    ms,
  }
}
