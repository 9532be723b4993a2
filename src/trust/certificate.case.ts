import type { Certificate, Proven } from './certificate.ts'

/** A proof with no error among 80 values; give what a test cares about. */
export const sampleProof = (changes: Partial<Proven> = {}): Proven => ({
  threshold: 0.9,
  documents: 100,
  accepted: 80,
  errors: 0,
  bound: 0.037,
  audited: 0,
  void: false,
  ...changes,
})

/** A certificate of totals that `sampleResult`s fall under; give what a test cares about. */
export const sampleCertificate = (changes: Partial<Certificate> = {}): Certificate => ({
  version: 1,
  documentType: 'receipt',
  route: 'auto',
  models: ['rules@1'],
  error: 0.05,
  confidence: 0.95,
  madeAt: '2020-01-01T00:00:00.000Z',
  documents: 100,
  fields: { '/total': sampleProof() },
  ...changes,
})
