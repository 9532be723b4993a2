import type { Strategy, ExtractionResult } from '../src/core/extraction-result.ts'
import {
  bootstrapF1,
  bootstrapF1Difference,
  seededRandom,
  type Interval,
} from '../src/scoring/metrics/bootstrap.ts'
import { brier, calibrationError, type Prediction } from '../src/scoring/metrics/calibration.ts'
import { judge, tally, type Judgement } from '../src/scoring/metrics/judgement.ts'
import { rates, sumTallies } from '../src/scoring/metrics/tally.ts'
import { upperBound } from '../src/trust/binomial.ts'
import { mean } from './statistics.ts'
import type { TrustReading } from './trust-readings.ts'

export interface Share {
  readonly part: number
  readonly whole: number
}

export interface Calibrated {
  readonly brier: number
  readonly error: number
}

export interface TrustFigures {
  readonly documents: number
  readonly f1: Readonly<Record<Strategy, { readonly f1: number | null; readonly interval: Interval | null }>>
  /** F1 of both paths less that of the better single one, paired. */
  readonly gain: { readonly against: Strategy; readonly f1: number; readonly interval: Interval | null }
  /** Wrong ones among the most certain four fifths of the emitted fields; by the paths' own scores beside it. */
  readonly surest: { readonly judged: Share; readonly scores: Share; readonly atMost: number }
  /** Of emitted values: how far confidences are from outcomes; `perfect` is what a perfect calibrator shows on so few. */
  readonly calibration: {
    readonly judged: Calibrated
    readonly scores: Calibrated
    readonly constant: number
    readonly perfect: number
  }
  /** By `both`: wrong and right emitted values that are flagged. */
  readonly flagged: { readonly wrong: Share; readonly right: Share }
  readonly verdicts: { readonly accepted: Share; readonly acceptedWrong: Share; readonly reprocessed: Share }
  /** Time of `auto` over all documents, as a multiple of plain Tesseract's. */
  readonly cost: number
}

interface JudgedField extends Judgement {
  readonly flagged: boolean
}

const isFlagged = ({ flags }: ExtractionResult, pointer: string): boolean =>
  flags.some(({ field }) => field !== null && (field === pointer || pointer.startsWith(`${field}/`)))

/** The values that a route emitted, one list a document. */
function emitted(
  readings: readonly TrustReading[],
  rowOf: (reading: TrustReading) => ExtractionResult,
): JudgedField[][] {
  return readings.map((reading) => {
    const result = rowOf(reading)
    return judge({ result, truth: reading.truth })
      .judgements.filter((j) => j.emitted)
      .map((j) => ({ ...j, flagged: isFlagged(result, j.pointer) }))
  })
}

const isRight = ({ inTruth, same }: Judgement): boolean => inTruth && same

const predictionsOf = (fields: readonly Judgement[]): readonly Prediction[] =>
  fields.map((j) => ({ confidence: j.confidence ?? 0, right: isRight(j) }))

const shareOf = <T>(all: readonly T[], is: (one: T) => boolean): Share => ({
  part: all.filter(is).length,
  whole: all.length,
})

function surest(fields: readonly Judgement[]): Share {
  const sorted = [...fields].sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))
  return shareOf(sorted.slice(0, Math.round(0.8 * sorted.length)), (j) => !isRight(j))
}

/** The calibration error of predictions that are right exactly as often as they say, on average over draws. */
function perfectError(predictions: readonly Prediction[], draws = 200): number {
  const random = seededRandom(1)
  const errors = Array.from({ length: draws }, () => {
    const drawn = predictions.map(({ confidence }) => ({ confidence, right: random() < confidence }))
    return calibrationError(drawn) ?? 0
  })
  return mean(errors)
}

const calibratedOf = (predictions: readonly Prediction[]): Calibrated => ({
  brier: brier(predictions) ?? 0,
  error: calibrationError(predictions) ?? 0,
})

function f1Of(readings: readonly TrustReading[], route: Strategy) {
  const tallies = readings.map(({ rows, truth }) =>
    tally(judge({ result: rows[route], truth }).judgements, 'same'),
  )
  return { tallies, f1: rates(sumTallies(tallies)).f1, interval: bootstrapF1(tallies) }
}

const routes = ['direct', 'modular', 'both', 'auto'] as const

/** What a set says about trust: its figures, each with the counts behind it. */
export function trustFigures(readings: readonly TrustReading[]): TrustFigures {
  const by = Object.fromEntries(routes.map((route) => [route, f1Of(readings, route)])) as Record<
    Strategy,
    ReturnType<typeof f1Of>
  >
  const better = (by.direct.f1 ?? 0) > (by.modular.f1 ?? 0) ? 'direct' : 'modular'
  const pairs = by.both.tallies.map((own, i) => [own, by[better].tallies[i]!] as const)
  const judged = emitted(readings, ({ rows }) => rows.both).flat()
  const scored = emitted(readings, ({ raw }) => raw).flat()
  const sure = surest(judged)
  const predictions = predictionsOf(judged)
  const share = mean(predictions.map(({ right }) => Number(right)))
  const accepted = readings.filter(({ rows }) => rows.auto.verdict === 'accepted')
  return {
    documents: readings.length,
    f1: Object.fromEntries(
      routes.map((r) => [r, { f1: by[r].f1, interval: by[r].interval }]),
    ) as TrustFigures['f1'],
    gain: {
      against: better,
      f1: (by.both.f1 ?? 0) - (by[better].f1 ?? 0),
      interval: bootstrapF1Difference(pairs),
    },
    surest: { judged: sure, scores: surest(scored), atMost: upperBound(sure.part, sure.whole, 0.95) },
    calibration: {
      judged: calibratedOf(predictions),
      scores: calibratedOf(predictionsOf(scored)),
      constant: share * (1 - share),
      perfect: perfectError(predictions),
    },
    flagged: {
      wrong: shareOf(
        judged.filter((j) => !isRight(j)),
        (j) => j.flagged,
      ),
      right: shareOf(judged.filter(isRight), (j) => j.flagged),
    },
    verdicts: {
      accepted: { part: accepted.length, whole: readings.length },
      acceptedWrong: shareOf(emitted(accepted, ({ rows }) => rows.auto).flat(), (j) => !isRight(j)),
      reprocessed: shareOf(readings, ({ rows }) => rows.auto.attempts.length > 1),
    },
    cost: mean(readings.map((r) => r.autoMs)) / mean(readings.map((r) => r.peerMs)),
  }
}
