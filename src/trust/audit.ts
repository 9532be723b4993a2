import { createHash } from 'node:crypto'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { anytimeInterval, eValue } from './anytime.ts'
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

/** What an e-value is cut to, so that it can be written as a number of JSON. */
const largest = 1e9

/** The proof after one value more was audited. */
function withAudit(proof: Proven, wrong: boolean, { error, confidence }: Certificate): Proven {
  const trials = proof.audited + 1
  const errors = (proof.audit?.errors ?? 0) + Number(wrong)
  const evidence = Math.max(proof.audit?.eValue ?? 0, eValue({ trials, errors }, error))
  const [low, high] = anytimeInterval({ trials, errors }, confidence)
  return {
    ...proof,
    audited: trials,
    audit: { errors, eValue: Math.min(largest, evidence), low, high },
    void: proof.void || evidence * (1 - confidence) >= 1,
  }
}

/**
 * The certificate with values that were audited after it was made, in the order in which they were looked at. What its own
 * labelled documents proved stays as it is; the audits are counted apart, and are a test of the promise that may be looked
 * at after every value (see `eValue`): once its e-value reaches 1 / (1 − confidence) the field is void, and stays so. A
 * promise that holds is taken back so with a probability of at most 1 − confidence, over all times together. E_BAD_REQUEST
 * for a field without a threshold.
 *
 * Give every certified value of documents that `isDrawn` chose before anybody saw them, and each document once. Values
 * that came to a person because they were flagged err more, those that nobody complained about less.
 */
export function extend(certificate: Certificate, audited: readonly Audited[]): Certificate {
  const fields = { ...certificate.fields }
  for (const { field, wrong } of audited) {
    const proof = fields[field]
    if (proof === undefined || !('threshold' in proof)) throw notCertified(field)
    fields[field] = withAudit(proof, wrong, certificate)
  }
  return { ...certificate, fields }
}

const notCertified = (field: JsonPointer): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `The certificate has no threshold for ${field}, so its values cannot be added. Audit certified values only.`,
  )
