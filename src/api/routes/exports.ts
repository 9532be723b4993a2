import { Readable } from 'node:stream'
import { z } from 'zod'
import { jobStatusSchema, type Job } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { findBatch } from '../../service/submitting/answers.ts'
import { openCertificateStore } from '../../service/certifying/certificate-store.ts'
import { csvFormat, type CsvFormat } from '../../service/results/csv.ts'
import { redactedResult } from '../../service/results/redacted.ts'
import { eachResult, type JobResult, type JobSelection } from '../../service/results/each-result.ts'
import { damageOf } from '../../service/results/result-of-job.ts'
import {
  dataOnPage,
  eachKnown,
  pagesWithValues,
  pairLine,
  type Known,
  type KnownSelection,
  type LeaveOut,
} from '../../service/exporting/training-pairs.ts'
import { formReader } from '../../service/reviewing/type-form.ts'
import type { Routes } from '../service.ts'

const tags = ['exports']
const batchParameter = z.string().max(100).optional()

const exportQuerySchema = z.strictObject({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  per: z.enum(['document', 'item']).default('document').describe('a line of CSV for each'),
  bom: z
    .enum(['true', 'false'])
    .default('false')
    .describe(
      'whether CSV begins with a byte order mark, without which some spreadsheets take UTF-8 for Latin-1',
    ),
  batch: batchParameter,
  status: jobStatusSchema.optional().describe('of the documents; without it all but cancelled ones'),
  type: z
    .string()
    .max(200)
    .optional()
    .describe('of the documents; CSV is of one type, by default that of the first'),
})
type ExportQuery = z.infer<typeof exportQuerySchema>

/** What is sent piece by piece is text. */
const textStream = z.any().meta({ type: 'string' })

const streamed = (type: string) => ({
  200: { description: 'A stream of lines.', content: { [type]: { schema: textStream } } },
})
const eitherStream = {
  200: {
    description: 'A stream of lines.',
    content: { 'application/jsonl': { schema: textStream }, 'text/csv': { schema: textStream } },
  },
}

const named = (file: string) => ({ 'content-disposition': `attachment; filename="${file}"` })

/** A line a picture, as it is answered by `/v1/jobs/ID/pages/PAGE`, under the name that it is to get. */
function pairLines(known: Known): readonly string[] {
  const { job, result } = known
  const pages = pagesWithValues(result)
  const line = (page: number, name: string, truth: unknown, of: number | null): string =>
    `${JSON.stringify({ ...pairLine(known, name, truth, of), picture: `/v1/jobs/${job.id}/pages/${page}` })}\n`
  if (pages.every((page) => page === 1)) return [line(1, `${job.id}.jpg`, result.data, null)]
  return pages.flatMap((page) => {
    const truth = dataOnPage(result, page)
    return truth === null ? [] : [line(page, `${job.id}-${page}.jpg`, truth, page)]
  })
}

/** Of a document whose entry is so damaged that its type is not known: it is told among those of any type. */
const isUntold = ({ documentType, error }: ExtractionResult): boolean =>
  documentType === '' && error?.code === 'E_DAMAGED'

/**
 * A table of the first type whose columns are known, see `csvFormat`; rows of other types are passed over. `columnsOf` answers
 * null where nobody knows: such rows are held until one comes of which they are.
 */
function csvTable({ per, bom }: ExportQuery, columnsOf: (first: JobResult) => Promise<object | null>) {
  const held: JobResult[] = []
  let format: (CsvFormat & { readonly type: string }) | null = null

  function begin(jsonSchema: object, type: string): string {
    format = { ...csvFormat(jsonSchema, per, ['status', 'job']), type }
    return `${bom === 'true' ? '\uFEFF' : ''}${format.header}${held.map(line).join('')}`
  }

  function line({ job, result }: JobResult): string {
    if (result.documentType !== format!.type && !isUntold(result)) return ''
    return format!.lines(result, [job.status, job.id])
  }

  return {
    async add(found: JobResult): Promise<string> {
      if (format !== null) return line(found)
      const jsonSchema = isUntold(found.result) ? null : await columnsOf(found)
      if (jsonSchema !== null) return begin(jsonSchema, found.result.documentType) + line(found)
      held.push(found)
      return ''
    },
    /** What is held still. */
    end: (): string => (format === null && held.length > 0 ? begin({}, held[0]!.result.documentType) : ''),
  }
}

/** Rows as tables and lines, and what people have corrected as training pairs. */
export const exportRoutes: Routes = async (app, { service }) => {
  const { store, run } = service
  const forms = formReader(run)
  const certificates = openCertificateStore(service.home)

  async function selectionOf(tenant: string, batch: string | undefined): Promise<JobSelection> {
    if (batch !== undefined) await findBatch(store, batch, tenant)
    return { tenant, ...(batch === undefined ? {} : { batchId: batch }) }
  }

  async function* resultsOf(selection: JobSelection, { type, status }: ExportQuery) {
    const mark = await certificates.marker(selection.tenant!)
    for await (const { job, result } of eachResult(store, selection, mark)) {
      if (job.status === 'cancelled' && status !== 'cancelled') continue
      if (type === undefined || result.documentType === type || isUntold(result))
        yield { job, result: redactedResult(result) }
    }
  }

  async function* jsonLines(selection: JobSelection, query: ExportQuery): AsyncIterable<string> {
    for await (const { job, result } of resultsOf(selection, query)) {
      const { version, file, ...rest } = result
      yield `${JSON.stringify({ version, file, status: job.status, ...rest })}\n`
    }
  }

  async function* csvLines(selection: JobSelection, query: ExportQuery): AsyncIterable<string> {
    const table = csvTable(query, ({ job }) => columnsOf(job))
    for await (const found of resultsOf(selection, query)) yield await table.add(found)
    yield table.end()
  }

  /** Null where the work of the job is damaged. */
  async function columnsOf({ key }: Job): Promise<object | null> {
    const work = await store.work(key).catch((error: unknown) => void damageOf(error))
    return work ? (await forms(work.type)).jsonSchema : null
  }

  app.get(
    '/v1/exports',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'exportRows',
        summary: 'Rows with all corrections and the state of their jobs, as JSON lines or CSV',
        tags,
        querystring: exportQuerySchema,
        response: eitherStream,
      },
    },
    async ({ session: { tenant }, query }, reply) => {
      const { batch, status, format } = query
      const selection = {
        ...(await selectionOf(tenant, batch)),
        ...(status === undefined ? {} : { status: [status] }),
      }
      const lines = format === 'csv' ? csvLines(selection, query) : jsonLines(selection, query)
      const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl'
      return reply
        .type(type)
        .headers(named(`rows.${format}`))
        .send(Readable.from(lines))
    },
  )

  app.get(
    '/v1/exports/pairs',
    {
      config: { role: 'reviewer' },
      schema: {
        operationId: 'exportPairs',
        summary: "Reviewed documents as lines of Donut's metadata.jsonl; pictures are fetched page by page",
        tags,
        querystring: z.object({ batch: batchParameter }),
        response: streamed('application/jsonl'),
      },
    },
    async (request, reply) => {
      const {
        session: { tenant },
        query: { batch },
      } = request
      const selection = await selectionOf(tenant, batch)
      async function* lines(): AsyncIterable<string> {
        const reviewed: KnownSelection = { ...selection, status: ['reviewed'] }
        const leaveOut: LeaveOut = (_, why) => request.log.warn({ err: why }, why.message)
        for await (const known of eachKnown(store, reviewed, leaveOut)) yield* pairLines(known)
      }
      return reply.type('application/jsonl').headers(named('metadata.jsonl')).send(Readable.from(lines()))
    },
  )
}
