import type { JsonPointer } from '../../core/extraction.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Correction, Job, JobStatus } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { extend, type Audited } from '../../trust/audit.ts'
import { applies, certify, type Certificate } from '../../trust/certificate.ts'
import { valueAfter } from '../results/corrections.ts'
import { eachJob } from '../results/each-result.ts'
import { isAudited } from '../judging/audit-draw.ts'
import { namedResult } from '../results/result-of-job.ts'

/** The certified values of a result as it was read, and whether a person changed them. */
function valuesOf(
  result: ExtractionResult,
  corrections: readonly Correction[],
  certificate: Certificate,
): readonly Audited[] {
  const fields = Object.entries(certify(result, certificate).fields) as [
    JsonPointer,
    ExtractionResult['fields'][JsonPointer],
  ][]
  return fields
    .filter(([, { certified }]) => certified)
    .map(([field, { value }]) => ({ field, wrong: valueAfter(field, value, corrections) !== value }))
}

export interface AuditOutcome {
  readonly certificate: Certificate
  /** Documents that were drawn for audit and reviewed. */
  readonly documents: number
  /** Documents that were drawn and that nobody has looked at yet. */
  readonly waiting: number
}

/** A document that was drawn for audit, as it was read. */
interface Drawn {
  readonly job: Job
  readonly result: ExtractionResult
}

/** The documents in a state that were drawn since the certificate was made and that it speaks about, each once. */
async function* drawnIn(
  store: JobStore,
  certificate: Certificate,
  status: JobStatus,
  seen: Set<string>,
): AsyncIterable<Drawn> {
  for await (const job of eachJob(store, { status: [status] })) {
    const stored = await store.result(job.key)
    if (!stored || seen.has(job.key) || job.updatedAt < certificate.madeAt) continue
    const result = namedResult(job.file, stored)
    if (!isAudited(result) || !applies(certificate, result)) continue
    seen.add(job.key)
    yield { job, result }
  }
}

/**
 * The certificate with the values of all documents that were drawn for audit and reviewed since it was made, in the order
 * in which that was done; a field that is void once stays so. `certificate` must be as `certify` made it.
 *
 * While drawn documents wait, those that were looked at are a random sample only if their order has nothing to do with
 * what is wrong in them.
 */
export async function audit(store: JobStore, certificate: Certificate): Promise<AuditOutcome> {
  const seen = new Set<string>()
  const reviewed: { readonly at: string; readonly values: readonly Audited[] }[] = []
  for await (const { job, result } of drawnIn(store, certificate, 'reviewed', seen))
    reviewed.push({
      at: job.updatedAt,
      values: valuesOf(result, await store.corrections(job.id), certificate),
    })
  reviewed.sort((a, b) => a.at.localeCompare(b.at))
  let waiting = 0
  for await (const _ of drawnIn(store, certificate, 'needs_review', seen)) waiting++
  const values = reviewed.flatMap((one) => one.values)
  return { certificate: extend(certificate, values), documents: reviewed.length, waiting }
}
