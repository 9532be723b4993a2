import type { Result } from '../../core/jobs.ts'
import type { Row } from '../../core/row.ts'
import { isDrawn } from '../../trust/audit.ts'

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
