import Table from 'cli-table3'
import type { FieldReport, MicroReport, Report } from './report.ts'
import type { Rates } from './tally.ts'

const score = (value: number | null): string => (value === null ? '–' : value.toFixed(3))
const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`)

const cells = ({ precision, recall, f1 }: Rates): string[] => [precision, recall, f1].map(score)

const narrow = { style: { head: [], border: [], compact: true } }

const shorten = (name: string, width: number): string =>
  name.length <= width ? name : `…${name.slice(1 - width)}`

function fieldTable({ fields, micro }: Report): string {
  const table = new Table({
    ...narrow,
    head: ['field', 'n', 'P', 'R', 'F1', 'strict\nP', 'strict\nR', 'strict\nF1'],
    colAligns: ['left', ...Array<'right'>(7).fill('right')],
  })
  const line = (name: string, { support, normalised, strict }: FieldReport) =>
    table.push([shorten(name, 17), support, ...cells(normalised), ...cells(strict)])
  for (const [pointer, field] of Object.entries(fields)) line(pointer, field)
  const support = Object.values(fields).reduce((sum, field) => sum + field.support, 0)
  line('all (micro)', { support, ...micro })
  return table.toString()
}

const interval = ({ interval }: MicroReport): string =>
  interval === null ? '–' : `${score(interval[0])} to ${score(interval[1])}`

function figures(report: Report): readonly (readonly [string, string])[] {
  const { micro, items, donut, hallucination, accepted, calibration } = report
  return [
    ['micro F1, 95 % interval', interval(micro.normalised)],
    ['micro F1 strict, 95 % interval', interval(micro.strict)],
    ['SROIE F1 (exact strings, four fields)', score(report.sroie.f1)],
    ['item cells F1', items === null ? '–' : `${score(items.f1)} (${items.support} cells)`],
    ['Donut accuracy (1 − nTED)', score(donut.accuracy)],
    ['Donut F1', score(donut.f1)],
    ['ANLS*', score(report.anlsStar)],
    ['schema-valid documents', percent(report.schemaValid)],
    [
      'values where nothing is printed',
      `${percent(hallucination.rate)} (${hallucination.emitted} of ${hallucination.absent})`,
    ],
    ['accepted', percent(accepted.share)],
    ['accepted documents with an error', percent(accepted.documentError)],
    ['wrong values among the accepted', percent(accepted.valueError)],
    [
      'Brier score, calibration error',
      `${score(calibration.brier)}, ${score(calibration.error)} (${calibration.values} values)`,
    ],
  ]
}

function figureTable(report: Report): string {
  const table = new Table({ ...narrow, colWidths: [40, 37] })
  table.push(...figures(report).map((line) => [...line]))
  return table.toString()
}

function summary({ documents: { total, accepted, needsReview, failed, missingRows } }: Report): string {
  const counts = `${total} documents: ${accepted} accepted, ${needsReview} need review, ${failed} failed.`
  if (missingRows === 0) return counts
  return `${counts}\n${missingRows} have a truth but no row, and count as failed.`
}

/** A report as plain text of at most 80 columns, for people; a dash stands where there was nothing to count. */
export const formatReport = (report: Report): string =>
  [summary(report), fieldTable(report), figureTable(report)].join('\n\n')
