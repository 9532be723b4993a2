import type { JsonPointer } from '../../core/extraction.ts'
import type { Correction, Job, JobStatus, JobStore, Result } from '../../core/jobs.ts'
import type { Row } from '../../core/row.ts'
import { extend, isDrawn, type Audited } from '../../trust/audit.ts'
import { applies, certify, type Certificate } from '../../trust/certificate.ts'
import { valueAfter } from '../reviewing/corrections.ts'
import { eachJob } from '../results/job-rows.ts'
import { toRow } from '../results/rows.ts'

const auditCode = 'AUDIT'

const drawn = {
  code: auditCode,
  field: null,
  message: 'Nothing speaks against it: it was drawn at random, to see how often what is accepted is wrong.',
}

/** An accepted result, given to a person all the same where its key is drawn. */
export function withAudit(result: Result, key: string, share: number): Result {
  if (result.verdict !== 'accepted' || !isDrawn(key, share)) return result
  return { ...result, verdict: 'needs_review', reason: 'drawn for audit', flags: [...result.flags, drawn] }
}

/** The row of a document that was drawn as it was before. */
export const withoutAudit = (row: Row): Row =>
  isAudited(row)
    ? { ...row, verdict: 'accepted', flags: row.flags.filter(({ code }) => code !== auditCode) }
    : row

/** Whether a result was accepted, and drawn at random for a person to see. */
export const isAudited = ({ flags }: Pick<Row, 'flags'>): boolean =>
  flags.some(({ code }) => code === auditCode)

/** The certified values of a row as it was read, and whether a person changed them. */
function valuesOf(
  row: Row,
  corrections: readonly Correction[],
  certificate: Certificate,
): readonly Audited[] {
  const fields = Object.entries(certify(row, certificate).fields) as [
    JsonPointer,
    Row['fields'][JsonPointer],
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
  readonly row: Row
}

/** The documents in a state that were drawn since the certificate was made and that it speaks about, each once. */
async function* drawnIn(
  store: JobStore,
  certificate: Certificate,
  status: JobStatus,
  seen: Set<string>,
): AsyncIterable<Drawn> {
  for await (const job of eachJob(store, { status: [status] })) {
    const result = await store.result(job.key)
    if (!result || seen.has(job.key) || job.updatedAt < certificate.madeAt) continue
    const row = toRow(job.file, result)
    if (!isAudited(row) || !applies(certificate, row)) continue
    seen.add(job.key)
    yield { job, row }
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
  for await (const { job, row } of drawnIn(store, certificate, 'reviewed', seen))
    reviewed.push({ at: job.updatedAt, values: valuesOf(row, await store.corrections(job.id), certificate) })
  reviewed.sort((a, b) => a.at.localeCompare(b.at))
  let waiting = 0
  for await (const _ of drawnIn(store, certificate, 'needs_review', seen)) waiting++
  const values = reviewed.flatMap((one) => one.values)
  return { certificate: extend(certificate, values), documents: reviewed.length, waiting }
}
