import { z } from 'zod'
import { fieldSchema, jsonPointerSchema, observationsSchema } from '../../core/extraction.ts'
import { fieldSpecSchema } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { sumSchema } from '../../core/sum.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { evidenceSchema } from '../../trust/evidence.ts'
import { collectEvidence, stageOfAttempts } from './collect-evidence.ts'
import type { ParsedJudgeRequest } from './judge-in-child.ts'
import { readyType } from '../types/ready-type.ts'

const stageEvidenceSchema = z.object({
  stage: z.object({ name: z.string(), engines: z.record(z.string(), z.string()) }),
  readings: z.array(z.object({ pointer: jsonPointerSchema, field: fieldSchema, evidence: evidenceSchema })),
  observations: z.array(observationsSchema),
})
export type StageEvidence = z.infer<typeof stageEvidenceSchema>

/** All readings of a document's fields by stage (each path alone, both together), and what its type says of fields and sums. */
export const documentEvidenceSchema = z.object({
  stages: z.array(stageEvidenceSchema),
  specs: z.map(z.string(), fieldSpecSchema),
  sums: z.array(sumSchema),
})
export type DocumentEvidence = z.infer<typeof documentEvidenceSchema>

function stageEvidenceOf(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: Parameters<typeof collectEvidence>[1],
): StageEvidence {
  return {
    stage: stageOfAttempts(attempts),
    readings: [...collectEvidence(attempts, type)].flatMap(([pointer, list]) =>
      list.map(({ field, evidence }) => ({ pointer, field, evidence })),
    ),
    observations: attempts.map(({ extraction }) => extraction.observations ?? {}),
  }
}

/** Collects the evidence of each attempt alone, and of all together. */
export async function collectEvidenceInChild({
  type: ref,
  templates,
  attempts,
}: ParsedJudgeRequest): Promise<DocumentEvidence> {
  const type = await readyType(ref, templates)
  const [first, ...others] = attempts.filter((a): a is Succeeded => a.ok)
  const specs = new Map(fieldSpecsOf(type))
  const sums = [...(type.template.sums ?? [])]
  if (!first) return { stages: [], specs, sums }
  const alone = [first, ...others].map((one) => stageEvidenceOf([one], type))
  return {
    stages: others.length > 0 ? [...alone, stageEvidenceOf([first, ...others], type)] : alone,
    specs,
    sums,
  }
}
