import { Readable } from 'node:stream'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { csvLines } from '../results/csv.ts'
import { eachResult, type JobResult, type JobSelection } from '../results/each-result.ts'
import { redactedResult } from '../results/redacted.ts'
import { damageOf } from '../results/result-of-job.ts'
import { submissionNotes } from '../results/submission-notes.ts'
import {
  tableOf,
  type AskedColumn,
  type Facts,
  type LinesPer,
  type SafeCell,
  type Table,
} from '../results/table.ts'
import type { FormReader } from '../reviewing/type-form.ts'
import { exportFacts } from './columns.ts'
import { xlsxStream } from './xlsx.ts'

export const exportFormats = ['jsonl', 'csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface RowQuery {
  readonly format: ExportFormat
  readonly per: LinesPer
  /** Whether CSV begins with a byte order mark. */
  readonly bom: boolean
  /** Of the documents; a table is of one type, by default that of the first. */
  readonly type?: string | undefined
  readonly columns: readonly AskedColumn[] | null
}

export interface RowSource {
  readonly store: JobStore
  readonly forms: FormReader
  /** See `resultOf`. */
  readonly mark?: (result: ExtractionResult) => ExtractionResult
}

/** Of a document whose entry is so damaged that its type is not known: it is told among those of any type. */
const isUntold = ({ documentType, error }: ExtractionResult): boolean =>
  documentType === '' && error?.code === 'E_DAMAGED'

/** Cancelled documents are left out unless they are asked for. */
async function* results(
  { store, mark }: RowSource,
  selection: JobSelection,
  type: string | undefined,
): AsyncIterable<JobResult> {
  const noteOf = submissionNotes(store)
  const isAsked = selection.status?.includes('cancelled')
  for await (const { job, result } of eachResult(store, selection, mark)) {
    if (job.status === 'cancelled' && !isAsked) continue
    if (type !== undefined && result.documentType !== type && !isUntold(result)) continue
    const submission = await noteOf(job)
    yield { job, result: { ...redactedResult(result), ...(submission && { submission }) } }
  }
}

async function* jsonLines(found: AsyncIterable<JobResult>): AsyncIterable<string> {
  for await (const { job, result } of found) {
    const { version, file, ...rest } = result
    yield `${JSON.stringify({ version, file, status: job.status, ...rest })}\n`
  }
}

const factsOf = (
  { id, batchId, status, reviewedBy, rejection }: Job,
  { submission }: ExtractionResult,
): Facts => ({
  status,
  job: id,
  batch: batchId,
  batch_name: submission?.name,
  reference: submission?.reference,
  metadata: submission?.metadata,
  reviewer: reviewedBy,
  rejection: rejection?.reason,
  note: rejection?.note,
})

type Lines = readonly (readonly SafeCell[])[]

interface Begun {
  readonly table: Table
  /** The lines of what is found, with those that were held until it began. */
  readonly lines: AsyncIterable<Lines>
}

/**
 * The table of the first type whose columns are known; documents of other types are passed over. What nobody knows the type
 * of is held until one comes of which they do. Null where there is nothing at all.
 */
async function tabled(
  source: RowSource,
  found: AsyncIterable<JobResult>,
  { per, columns }: RowQuery,
): Promise<Begun | null> {
  const each = found[Symbol.asyncIterator]()
  const held: JobResult[] = []
  for (let next = await each.next(); !next.done; next = await each.next()) {
    held.push(next.value)
    const { result, job } = next.value
    const jsonSchema = isUntold(result) ? null : await schemaOf(source, job)
    if (jsonSchema !== null) return begun(jsonSchema, result.documentType, held, each, { per, columns })
  }
  const [first] = held
  return first ? begun({}, first.result.documentType, held, each, { per, columns }) : null
}

/** Null where the work of a job is damaged. */
async function schemaOf({ store, forms }: RowSource, { key }: Job): Promise<object | null> {
  const work = await store.work(key).catch((error: unknown) => void damageOf(error))
  return work ? (await forms(work.type)).jsonSchema : null
}

function begun(
  jsonSchema: object,
  type: string,
  held: readonly JobResult[],
  rest: AsyncIterator<JobResult>,
  { per, columns }: Pick<RowQuery, 'per' | 'columns'>,
): Begun {
  const table = tableOf(jsonSchema, per, { more: exportFacts, asked: columns })
  const linesOf = ({ job, result }: JobResult): Lines =>
    result.documentType === type || isUntold(result) ? table.rows(result, factsOf(job, result)) : []
  async function* lines(): AsyncIterable<Lines> {
    for (const one of held) yield linesOf(one)
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield linesOf(next.value)
  }
  return { table, lines: lines() }
}

async function* csv(begun: Begun, bom: boolean): AsyncIterable<string> {
  yield `${bom ? '\uFEFF' : ''}${csvLines([begun.table.header])}`
  for await (const lines of begun.lines) if (lines.length > 0) yield csvLines(lines)
}

async function* flat(lines: AsyncIterable<Lines>): AsyncIterable<readonly SafeCell[]> {
  for await (const some of lines) yield* some
}

const nothing: Begun = {
  table: { header: [], days: [], rows: () => [] },
  lines: (async function* (): AsyncIterable<Lines> {})(),
}

/** Documents of a selection as rows, as they stand with what people did to them; row by row, however many there are. */
export async function exportRows(
  source: RowSource,
  selection: JobSelection,
  query: RowQuery,
): Promise<Readable> {
  const found = results(source, selection, query.type)
  if (query.format === 'jsonl') return Readable.from(jsonLines(found))
  const table = await tabled(source, found, query)
  if (query.format === 'csv') return Readable.from(table ? csv(table, query.bom) : [])
  const {
    table: { header, days },
    lines,
  } = table ?? nothing
  return xlsxStream({ name: 'Documents', header, days, rows: flat(lines) })
}
