import { z } from 'zod'
import { typeRefSchema } from '../../core/jobs.ts'
import { attemptSchema, type Consensus, type Succeeded } from '../../core/judging.ts'
import { judge } from './judge.ts'
import type { OpenCalibration } from './open-calibration.ts'
import { readyType } from '../types/ready-type.ts'
import { sentTemplatesSchema } from '../types/templates.ts'

/** Attempts on one document, to be judged together. */
export const judgeRequestSchema = z.object({
  type: typeRefSchema,
  templates: sentTemplatesSchema.optional(),
  attempts: z.array(attemptSchema),
})
export type JudgeRequest = z.input<typeof judgeRequestSchema>
export type ParsedJudgeRequest = z.infer<typeof judgeRequestSchema>

/** One consensus of all attempts that succeeded; null where none did. */
export async function judgeInChild(
  { type: ref, templates, attempts }: ParsedJudgeRequest,
  openCalibration: OpenCalibration,
): Promise<Consensus | null> {
  const [first, ...more] = attempts.filter((a): a is Succeeded => a.ok)
  if (!first) return null
  const [type, opened] = await Promise.all([readyType(ref, templates), openCalibration(ref)])
  return judge([first, ...more], type, opened?.calibration ?? null)
}
