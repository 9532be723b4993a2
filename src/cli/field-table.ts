import Table from 'cli-table3'
import type { JsonPointer } from '../core/extraction.ts'
import type { Correction, Job } from '../core/jobs.ts'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { pc } from './colors.ts'
import { percent, printable } from './text.ts'

export function plainTable(head: readonly string[]): Table.Table {
  return new Table({
    head: head.map((name) => pc.bold(name)),
    style: { head: [], border: [], compact: true },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
}

/** Page and box in whole percents of the page, left top – right bottom. */
function place(source: ResultField['source'] | undefined): string {
  if (!source) return ''
  const [x0, y0, x1, y1] = source.box.map((v) => Math.round(v * 100))
  return `page ${source.page}, ${x0},${y0} – ${x1},${y1} %`
}

/** What was read, how sure, from which words and where; flagged fields are marked. */
function fieldTable(result: ExtractionResult, corrections: readonly Correction[] = []): string {
  const table = plainTable(['field', 'value', 'sure', 'read as', 'where', ''])
  const fields = new Set([
    ...Object.keys(result.fields),
    ...corrections.map((c) => c.field),
  ]) as Set<JsonPointer>
  for (const field of fields) {
    const read = result.fields[field]
    const changed = corrections.findLast((c) => c.field === field)
    const flagged = result.flags.some(
      (flag) => flag.field !== null && `${field}/`.startsWith(`${flag.field}/`),
    )
    const value = changed ? changed.after : (read?.value ?? null)
    table.push([
      printable(field),
      value === null ? pc.dim('–') : printable(String(value)),
      read && read.value !== null ? percent(read.confidence) : '',
      printable(read?.source?.text ?? ''),
      place(read?.source),
      changed ? pc.green('corrected') : flagged ? pc.yellow('flagged') : '',
    ])
  }
  return table.toString()
}

export const flagLines = (result: ExtractionResult): string =>
  result.flags
    .map(
      (f) =>
        `  ${pc.yellow(printable(f.code))}${f.field ? ` ${printable(f.field)}` : ''}: ${printable(f.message)}\n`,
    )
    .join('')

/** Everything about one job. */
export function describeJob(
  job: Job,
  result: ExtractionResult | null,
  corrections: readonly Correction[],
): string {
  const head = `${job.id}  ${printable(job.file)}\n${job.status}${result ? `, ${printable(result.reason)}` : ''}\n`
  if (!result) return head
  const attempts = result.attempts.map(
    (a) => `  ${a.path} by ${a.model || '–'}: score ${a.score ?? '–'}, ${a.ms} ms\n`,
  )
  const error = result.error ? `  ${pc.red(result.error.code)}: ${printable(result.error.message)}\n` : ''
  const fields = result.error ? '' : `${fieldTable(result, corrections)}\n`
  return `${head}${attempts.join('')}${error}${flagLines(result)}${fields}`
}
