import pMap from 'p-map'
import type { TypeRef } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { bootstrapF1Difference, type Interval } from '../../scoring/metrics/bootstrap.ts'
import { judge, tally, type TrueDocument } from '../../scoring/metrics/judgement.ts'
import { buildReport } from '../../scoring/metrics/report.ts'
import { rates, sumTallies } from '../../scoring/metrics/tally.ts'
import { typedTruthSchema } from '../../scoring/metrics/truth.ts'
import { readAgain, type Reread } from './lesson.ts'
import type { Studied } from './usable.ts'

/** F1 of a field, before and after; null where nothing was there to find. */
export interface FieldGain {
  readonly field: string
  /** Documents in which it is printed, of a list its cells. */
  readonly count: number
  readonly before: number | null
  readonly after: number | null
}

/** What tuning is worth on documents that had no part in it. */
export interface Gain {
  readonly documents: number
  readonly folds: number
  readonly fields: readonly FieldGain[]
  /** Of all single values together. */
  readonly before: number
  readonly after: number
  /** Of the difference, 95 %, paired by document; null where there are too few documents. */
  readonly interval: Interval | null
}

function asResult(name: string, type: TypeRef, { data, fields }: Reread): ExtractionResult {
  const unjudged = { confidence: 0, source: null, certified: false, path: 'modular', grounded: null, alternatives: [] } as const
  return {
    version: 1,
    file: name,
    documentType: type.name,
    route: 'modular',
    reason: '',
    verdict: 'needs_review',
    data,
    fields: Object.fromEntries(
      Object.entries(fields).map(([pointer, field]) => [pointer, { ...field, ...unjudged, alternatives: [] }]),
    ),
    flags: [],
    attempts: [],
    error: null,
    ms: 0,
  }
}

/** The model that reads a document, by its number. */
type ModelFor = (document: number) => { readonly model: string; readonly models: string | null }

/** All documents as models read them, beside their truths. */
export const readBy = (
  run: RunTask,
  type: TypeRef,
  documents: readonly Studied[],
  modelFor: ModelFor,
  concurrency: number,
): Promise<readonly TrueDocument[]> =>
  pMap(
    documents,
    async ({ name, truth, lesson: { reading } }, i) => ({
      result: asResult(name, type, await readAgain(run, { type, reading, ...modelFor(i) })),
      truth: typedTruthSchema.parse(truth),
    }),
    { concurrency },
  )

/** What one way of reading the documents gains over another. */
export function gainOf(
  before: readonly TrueDocument[],
  after: readonly TrueDocument[],
  folds: number,
): Gain {
  const [old, own] = [buildReport(before), buildReport(after)]
  const pairs = before.map((document, i) => {
    const [a, b] = [document, after[i]!].map((one) => tally(judge(one).judgements, 'same'))
    return [b!, a!] as const
  })
  const f1 = (side: 0 | 1): number => rates(sumTallies(pairs.map((pair) => pair[side]))).f1 ?? 0
  const fields = Object.entries(own.fields).map(([field, { support, normalised }]) => ({
    field,
    count: support,
    before: old.fields[field as `/${string}`]?.normalised.f1 ?? null,
    after: normalised.f1,
  }))
  const cells = own.items && {
    field: 'cells of lists',
    count: own.items.support,
    before: old.items?.f1 ?? null,
    after: own.items.f1,
  }
  return {
    documents: before.length,
    folds,
    fields: [...fields, ...(cells ? [cells] : [])],
    before: f1(1),
    after: f1(0),
    interval: bootstrapF1Difference(pairs),
  }
}
