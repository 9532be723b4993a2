import { Matrix, solve } from 'ml-matrix'
import { signals, signalsOf, type Evidence } from './evidence.ts'
import type { Weights } from './calibration.ts'

/** A value of a labelled document. */
export interface Labelled {
  readonly evidence: Evidence
  readonly right: boolean
  /** How much it counts; values of documents that are much alike count less. */
  readonly weight: number
}

/** Pull towards nothing, of slopes and of what single fields add: fields with few values stay near the others. */
const ridge = { slope: 1, field: 2, base: 1e-3 } as const
const steps = 50
const enough = 1e-9

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/**
 * Logistic regression with ridge penalties, by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani
 * and Friedman, "The Elements of Statistical Learning", 4.4.1). Rows of `x` are values; the penalties stand for columns.
 */
export function regress(
  x: Matrix,
  y: readonly number[],
  counts: readonly number[],
  penalties: readonly number[],
): readonly number[] {
  let weights = Matrix.zeros(x.columns, 1)
  for (let step = 0; step < steps; step++) {
    const p = x.mmul(weights).to1DArray().map(sigmoid)
    const pull = weights.to1DArray().map((w, i) => w * penalties[i]!)
    const slope = Matrix.sub(
      x.transpose().mmul(Matrix.columnVector(y.map((label, i) => counts[i]! * (label - p[i]!)))),
      Matrix.columnVector(pull),
    )
    const curved = x.clone()
    p.forEach((q, i) => curved.mulRow(i, counts[i]! * q * (1 - q)))
    const bend = Matrix.add(x.transpose().mmul(curved), Matrix.diag([...penalties]))
    const change = solve(bend, slope)
    weights = Matrix.add(weights, change)
    if (change.norm() < enough) break
  }
  return weights.to1DArray()
}

/** Fits one path's weights to labelled values; there must be right and wrong ones. */
export function fitWeights(labelled: readonly Labelled[]): Weights {
  const fields = [...new Set(labelled.map(({ evidence }) => evidence.field))].sort()
  const rows = labelled.map(({ evidence }) => [
    ...signalsOf(evidence),
    ...fields.map((field) => Number(field === evidence.field)),
    1,
  ])
  const penalties = [...signals.map(() => ridge.slope), ...fields.map(() => ridge.field), ridge.base]
  const right = labelled.map((l) => Number(l.right))
  const counts = labelled.map(({ weight }) => weight)
  const weights = regress(new Matrix(rows), right, counts, penalties)
  const base = weights.at(-1)!
  return {
    signals: Object.fromEntries(signals.map((name, i) => [name, weights[i]!])),
    fields: Object.fromEntries(fields.map((field, i) => [field, base + weights[signals.length + i]!])),
    otherwise: base,
    values: labelled.length,
    right: right.reduce((a, b) => a + b, 0),
  }
}
