import type { StoredResult } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { isDrawn } from '../../trust/audit.ts'

const auditCode = 'AUDIT'

const drawn = {
  code: auditCode,
  field: null,
  message: 'Nothing speaks against it: it was drawn at random, to see how often what is accepted is wrong.',
}

/** An accepted result, sent to review all the same where its key is drawn for the audit. */
export function withAudit(result: StoredResult, key: string, share: number): StoredResult {
  if (result.verdict !== 'accepted' || !isDrawn(key, share)) return result
  return { ...result, verdict: 'needs_review', reason: 'drawn for audit', flags: [...result.flags, drawn] }
}

/** A result that was drawn for the audit, as it was before it was drawn. */
export const withoutAudit = (result: ExtractionResult): ExtractionResult =>
  isAudited(result)
    ? { ...result, verdict: 'accepted', flags: result.flags.filter(({ code }) => code !== auditCode) }
    : result

/** Whether a result was accepted, and drawn at random for a person to see. */
export const isAudited = ({ flags }: Pick<ExtractionResult, 'flags'>): boolean =>
  flags.some(({ code }) => code === auditCode)
