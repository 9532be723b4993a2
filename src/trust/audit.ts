import { createHash } from 'node:crypto'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { upperBound } from './binomial.ts'
import type { Certificate, Proven } from './certificate.ts'

/** A certified value that a person held against the document. */
export interface Audited {
  readonly field: JsonPointer
  readonly wrong: boolean
}

/** Uniform in [0, 1), the same for the same key. */
const draw = (key: string): number => createHash('sha256').update(key).digest().readUIntBE(0, 6) / 2 ** 48

/** Whether a document is to be audited, by its key alone: a share of 0 draws none, 1 all, and more draws the same and others. */
export const isDrawn = (key: string, share: number): boolean => draw(key) < share

function withAudits(proof: Proven, audits: readonly Audited[], { error, confidence }: Certificate): Proven {
  const accepted = proof.accepted + audits.length
  const errors = proof.errors + audits.filter(({ wrong }) => wrong).length
  const bound = upperBound(errors, accepted, confidence)
  const audited = proof.audited + audits.length
  return { ...proof, accepted, errors, audited, bound, void: proof.void || bound > error }
}

/**
 * The certificate with audited values added to its counts; a field whose bound now exceeds the target is void, and stays
 * so: looking again until it passes would prove nothing. E_BAD_REQUEST for a field without a threshold.
 *
 * Counts may be added up only because all are trials of one rate: give every value at the fixed threshold or above of
 * documents that `isDrawn` chose before anybody saw them, and each document once. Values that came to a person because they
 * were flagged err more, those that nobody complained about less; and a threshold that moved has another rate.
 */
export function extend(certificate: Certificate, audited: readonly Audited[]): Certificate {
  const fields = { ...certificate.fields }
  for (const field of new Set(audited.map((audit) => audit.field))) {
    const proof = fields[field]
    if (proof === undefined || !('threshold' in proof)) throw notCertified(field)
    const audits = audited.filter((audit) => audit.field === field)
    fields[field] = withAudits(proof, audits, certificate)
  }
  return { ...certificate, fields }
}

const notCertified = (field: JsonPointer): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `The certificate has no threshold for ${field}, so its values cannot be added. Audit certified values only.`,
  )
