import { z } from 'zod'
import { fieldSchema, jsonPointerSchema } from '../../core/extraction.ts'
import type { Succeeded } from '../../core/judging.ts'
import { evidenceSchema } from '../../trust/evidence.ts'
import { gather, stageOfAttempts } from './gather.ts'
import type { ParsedJudgeRequest } from './judge-in-child.ts'
import { readyType } from '../reading/ready-type.ts'

/** All readings of a document's fields in one stage of reading it. */
export const gatheredSchema = z.array(
  z.object({
    stage: z.string(),
    readings: z.array(z.object({ pointer: jsonPointerSchema, field: fieldSchema, evidence: evidenceSchema })),
  }),
)
export type Gathered = z.infer<typeof gatheredSchema>

/** The evidence that each attempt alone, and all together, give. */
export async function gatherInChild({
  type: ref,
  templates,
  attempts,
}: ParsedJudgeRequest): Promise<Gathered> {
  const type = await readyType(ref, templates)
  const read = attempts.filter((a): a is Succeeded => a.ok)
  const stages = [...read.map((one) => [one] as const), ...(read.length > 1 ? [read] : [])]
  return stages.map((stage) => ({
    stage: stageOfAttempts(stage),
    readings: [...gather(stage as [Succeeded, ...Succeeded[]], type)].flatMap(([pointer, list]) =>
      list.map(({ field, evidence }) => ({ pointer, field, evidence })),
    ),
  }))
}
