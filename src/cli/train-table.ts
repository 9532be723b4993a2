import type { Gain } from '../service/training/measure.ts'
import { plainTable } from './field-table.ts'
import { plural, printable } from './text.ts'

const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3))

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`

/** What tuning is worth, by field, for people. */
export function describeGain(gain: Gain, minutes: string, group: string | undefined): string {
  const { documents, folds, fields, before, after, interval } = gain
  const table = plainTable(['F1', 'n', 'before', 'after'])
  const total = { field: 'all single values', count: '', before, after }
  for (const { field, count, before: was, after: is } of [...fields, total])
    table.push([
      printable(field),
      ...[String(count), figure(was), figure(is)].map((content) => ({ content, hAlign: 'right' as const })),
    ])
  const range = interval ? ` (95 %: ${signed(interval[0])} to ${signed(interval[1])})` : ''
  const held = group === undefined ? '' : ` by ${group}`
  return [
    `${plural(documents, 'document')} in ${folds} folds${held}, each read by a network that had learnt from the others; ${minutes} minutes.`,
    table.toString(),
    `Gain: ${signed(after - before)}${range}`,
    '',
  ].join('\n')
}
