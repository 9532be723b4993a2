import { z } from 'zod'
import { fieldSchema, jsonPointerSchema, observationsSchema } from '../../core/extraction.ts'
import { fieldSpecSchema } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { sumSchema } from '../../core/sum.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { evidenceSchema } from '../../trust/evidence.ts'
import { gather, stageOfAttempts } from './gather.ts'
import type { ParsedJudgeRequest } from './judge-in-child.ts'
import { readyType } from '../types/ready-type.ts'

const gatheredStageSchema = z.object({
  stage: z.object({ name: z.string(), engines: z.record(z.string(), z.string()) }),
  readings: z.array(z.object({ pointer: jsonPointerSchema, field: fieldSchema, evidence: evidenceSchema })),
  observations: z.array(observationsSchema),
})
export type GatheredStage = z.infer<typeof gatheredStageSchema>

/** All readings of a document's fields in each stage of reading it, and how its type has them judged. */
export const gatheredSchema = z.object({
  stages: z.array(gatheredStageSchema),
  specs: z.map(z.string(), fieldSpecSchema),
  sums: z.array(sumSchema),
})
export type Gathered = z.infer<typeof gatheredSchema>

function gatherStage(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: Parameters<typeof gather>[1],
): GatheredStage {
  return {
    stage: stageOfAttempts(attempts),
    readings: [...gather(attempts, type)].flatMap(([pointer, list]) =>
      list.map(({ field, evidence }) => ({ pointer, field, evidence })),
    ),
    observations: attempts.map(({ extraction }) => extraction.observations ?? {}),
  }
}

/** The evidence that each attempt alone, and all together, give. */
export async function gatherInChild({
  type: ref,
  templates,
  attempts,
}: ParsedJudgeRequest): Promise<Gathered> {
  const type = await readyType(ref, templates)
  const [first, ...others] = attempts.filter((a): a is Succeeded => a.ok)
  const specs = new Map(fieldSpecsOf(type))
  const sums = [...(type.template.sums ?? [])]
  if (!first) return { stages: [], specs, sums }
  const alone = [first, ...others].map((one) => gatherStage([one], type))
  return {
    stages: others.length > 0 ? [...alone, gatherStage([first, ...others], type)] : alone,
    specs,
    sums,
  }
}
