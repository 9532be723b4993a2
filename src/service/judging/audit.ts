import type { JsonPointer } from '../../core/extraction.ts'
import type { Correction, JobStore, Result } from '../../core/jobs.ts'
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
  readonly documents: number
}

/**
 * The certificate with the values of all documents that were drawn for audit and reviewed since it was made, in the order
 * in which that was done; a field that is void once stays so. `certificate` must be as `certify` made it.
 */
export async function audit(store: JobStore, certificate: Certificate): Promise<AuditOutcome> {
  const seen = new Set<string>()
  const reviewed: { readonly at: string; readonly values: readonly Audited[] }[] = []
  for await (const job of eachJob(store, { status: ['reviewed'] })) {
    const result = await store.result(job.key)
    if (!result || seen.has(job.key) || job.updatedAt < certificate.madeAt) continue
    const row = toRow(job.file, result)
    if (!isAudited(row) || !applies(certificate, row)) continue
    seen.add(job.key)
    reviewed.push({ at: job.updatedAt, values: valuesOf(row, await store.corrections(job.id), certificate) })
  }
  reviewed.sort((a, b) => a.at.localeCompare(b.at))
  return {
    certificate: reviewed.reduce((held, { values }) => extend(held, values), certificate),
    documents: reviewed.length,
  }
}
