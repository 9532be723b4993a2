import type { Scalar } from '../../core/extraction.ts'
import { bestAssignment } from '../../values/assignment.ts'
import { scalarsBelow } from './json-tree.ts'
import { isMissing, isSame, kindOf } from '../../values/same.ts'
import type { Tally } from './tally.ts'

type Cells = ReadonlyMap<string, Scalar>

const cellsOf = (records: readonly unknown[]): readonly Cells[] =>
  records.map((record) => {
    const cells = [...scalarsBelow(record)]
    return new Map(cells.filter(([, value]) => !isMissing({ value, text: null })))
  })

const count = (records: readonly Cells[]): number => records.reduce((sum, { size }) => sum + size, 0)

const hits = (predicted: Cells, truth: Cells): number =>
  [...truth].filter(([key, value]) => {
    const guess = predicted.get(key)
    return guess !== undefined && isSame(kindOf(value), { value: guess, text: null }, value)
  }).length

/**
 * Counts the cells of a list of records, each truth record paired with at most one predicted so that most cells agree
 * (normalised); the order of records does not matter, and null cells do not count.
 * @example
 * tallyRecords([{ name: 'Tea', amount: 2 }], [{ name: 'TEA', amount: 2.5 }, { name: 'Bun', amount: 1 }])
 * // { tp: 1, fp: 1, fn: 3 }
 */
export function tallyRecords(predicted: readonly unknown[], truth: readonly unknown[]): Tally {
  const guesses = cellsOf(predicted)
  const answers = cellsOf(truth)
  const agreement = answers.map((answer) => guesses.map((guess) => hits(guess, answer)))
  const tp = bestAssignment(agreement).reduce(
    (sum, [result, column]) => sum + (agreement[result]?.[column] ?? 0),
    0,
  )
  return { tp, fp: count(guesses) - tp, fn: count(answers) - tp }
}
