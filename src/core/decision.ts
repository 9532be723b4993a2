import { z } from 'zod'

/** Why a document is no use, for statistics; the note says the rest. */
export const rejectionReasonSchema = z.enum([
  'illegible',
  'incomplete',
  'duplicate',
  'wrong_type',
  'not_ours',
  'other',
])
export type RejectionReason = z.infer<typeof rejectionReasonSchema>

/** What whoever rejected a document said of it. */
export const rejectionSchema = z.object({
  reason: rejectionReasonSchema.nullable(),
  note: z.string().max(1000).nullable(),
})
export type Rejection = z.infer<typeof rejectionSchema>

/** How long whoever ended a review may think better of it before anybody else is told, in milliseconds. */
export const undoMs = 10_000

export const decisionKindSchema = z.enum(['reviewed', 'rejected', 'reopened'])

/** What a person decided about a document as a whole. */
export interface Decision {
  readonly kind: z.infer<typeof decisionKindSchema>
  /** Of one that was rejected; else null. */
  readonly rejection: Rejection | null
  readonly by: string
  /** ISO 8601, UTC. */
  readonly at: string
}
