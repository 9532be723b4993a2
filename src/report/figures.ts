import type { ExtractionResult } from '../core/extraction-result.ts'
import { buildReport, type Report } from '../scoring/metrics/report.ts'
import { groupBy, partOf, type Part } from '../trust/counting.ts'
import { riskOf, valuesOf, type Risk } from '../trust/risk.ts'
import { reliabilityOf, type Reliability } from './bins.ts'
import { predictionsOf, judgedFields, type Pair } from './judged-fields.ts'
import { bestOrder, bestPath, curveOf, type Curve, type CurvePoint, type PathCurve } from './curve.ts'
import { fieldsOf, fieldTruth, type FieldFigures, type FieldTruth } from './fields.ts'
import { errorGallery, flaggedGallery, type Gallery } from './gallery.ts'

/** What one model read. */
export interface ModelFigures {
  readonly path: string
  readonly model: string
  readonly documents: number
  /** Median time for a document, in milliseconds. */
  readonly ms: number
}

export interface TruthFigures {
  readonly report: Report
  readonly all: FieldTruth
  readonly curve: Curve | null
  readonly best: readonly Pick<CurvePoint, 'coverage' | 'risk'>[]
  readonly alone: PathCurve | null
  readonly reliability: Reliability | null
}

/** All that a report says, as numbers. */
export interface Figures {
  readonly documentTypes: readonly string[]
  readonly risk: Risk
  readonly models: readonly ModelFigures[]
  /** Values that a certificate covers. */
  readonly certified: Part
  readonly fields: readonly FieldFigures[]
  readonly gallery: Gallery
  /** Null without a truth. */
  readonly truth: TruthFigures | null
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

function modelsIn(results: readonly ExtractionResult[]): readonly ModelFigures[] {
  const attempts = results.flatMap((result) => result.attempts).filter(({ model }) => model !== '')
  return [...groupBy(attempts, ({ path, model }) => JSON.stringify([path, model])).values()].map((group) => ({
    path: group[0]!.path,
    model: group[0]!.model,
    documents: group.length,
    ms: median(group.map(({ ms }) => ms)),
  }))
}

/** The figures of some results; `paired` are those of them that have a truth. */
export function figuresOf(results: readonly ExtractionResult[], paired: readonly Pair[] = []): Figures {
  const judged = judgedFields(paired)
  const predictions = predictionsOf(judged)
  return {
    documentTypes: [...new Set(results.map(({ documentType }) => documentType))],
    risk: riskOf(results, paired),
    models: modelsIn(results),
    certified: partOf(results.flatMap(valuesOf), ({ certified }) => certified),
    fields: fieldsOf(results, judged),
    gallery: paired.length > 0 ? errorGallery(judged) : flaggedGallery(results),
    truth:
      paired.length === 0
        ? null
        : {
            report: buildReport(paired),
            all: fieldTruth(judged),
            curve: curveOf(predictions),
            best: bestOrder(predictions),
            alone: bestPath(judged),
            reliability: reliabilityOf(predictions),
          },
  }
}
