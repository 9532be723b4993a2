import pMap from 'p-map'
import type { TypeRef } from '../../core/jobs.ts'
import type { Attempt } from '../../core/judging.ts'
import type { Truth } from '../../scoring/metrics/truth.ts'
import type { Calibration } from '../../trust/calibration.ts'
import { fitWeights, type Labelled } from '../../trust/fit.ts'
import { isMissing, isSame } from '../../values/same.ts'
import { gatheredSchema, type Gathered } from './gather-in-child.ts'
import { readInput } from '../submitting/intake.ts'
import { attemptPath, type Reader } from '../reading/read-document.ts'

/** A document whose truth is known, and which neither the engines nor anything chosen by hand was made from. */
export interface LabelledFile {
  readonly file: string
  readonly truth: Truth
  /** What documents that are much alike have in common, such as their merchant: together they count as one. */
  readonly group: string
}

/** The evidence of a value, and whether it is right. */
interface Sample extends Labelled {
  readonly stage: string
}

/** Fewer values than these, or none wrong, tell nothing. */
const fewestValues = 30

function labelled(gathered: Gathered, { fields }: Truth, weight: number): readonly Sample[] {
  return gathered.flatMap(({ stage, readings }) =>
    readings.flatMap(({ pointer, field, evidence }) => {
      const known = fields[pointer]
      if (!known || isMissing(field)) return []
      const right = known.values.some((value) => isSame(known.kind, field, value, known.orders))
      return [{ stage, evidence, right, weight }]
    }),
  )
}

async function samplesOf(
  reader: Reader,
  type: TypeRef,
  { file, truth }: LabelledFile,
  weight: number,
): Promise<readonly Sample[]> {
  const bytes = await readInput(file)
  const attempts: Attempt[] = []
  for (const path of ['direct', 'modular'] as const)
    attempts.push(await attemptPath(reader, bytes, type, 'auto', path))
  const request = { type, attempts, templates: [...(reader.templates ?? [])] }
  return labelled(gatheredSchema.parse(await reader.run('gather', request)), truth, weight)
}

const isTelling = (samples: readonly Sample[]): boolean =>
  samples.length >= fewestValues && samples.some((s) => s.right) && samples.some((s) => !s.right)

function weightsOf(samples: readonly Sample[]): Calibration['stages'][string] {
  const paths = [...new Set(samples.map(({ evidence }) => evidence.path))]
  const own = paths.map((path) => [path, samples.filter((s) => s.evidence.path === path)] as const)
  return Object.fromEntries(
    own.filter(([, list]) => isTelling(list)).map(([path, list]) => [path, fitWeights(list)]),
  )
}

/** Reads every document by each path and by both, and fits what their evidence is worth. */
export async function calibrate(
  reader: Reader,
  type: TypeRef,
  files: readonly LabelledFile[],
  concurrency: number,
): Promise<Calibration> {
  const sizes = new Map<string, number>()
  for (const { group } of files) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const weightOf = ({ group }: LabelledFile): number => 1 / sizes.get(group)!
  const read = (file: LabelledFile): Promise<readonly Sample[]> =>
    samplesOf(reader, type, file, weightOf(file))
  const samples = (await pMap(files, read, { concurrency })).flat()
  const stages = [...new Set(samples.map(({ stage }) => stage))].sort()
  return {
    version: 1,
    documentType: type.name,
    documents: files.length,
    stages: Object.fromEntries(
      stages.map((stage) => [stage, weightsOf(samples.filter((s) => s.stage === stage))]),
    ),
  }
}
