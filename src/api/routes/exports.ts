import { Readable } from 'node:stream'
import { z } from 'zod'
import { jobStatusSchema } from '../../core/jobs.ts'
import { findBatch } from '../../service/submitting/answers.ts'
import { openShelf } from '../../service/judging/certificate-shelf.ts'
import { csvFormat, type CsvFormat } from '../../service/results/csv.ts'
import { discreetRow } from '../../service/results/discreet.ts'
import { eachRow, type JobSelection } from '../../service/results/job-rows.ts'
import {
  dataOnPage,
  eachKnown,
  pagesWithValues,
  pairLine,
  type Known,
} from '../../service/results/training-pairs.ts'
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
  const { job, row } = known
  const pages = pagesWithValues(row)
  const line = (page: number, name: string, truth: unknown, of: number | null): string =>
    `${JSON.stringify({ ...pairLine(known, name, truth, of), picture: `/v1/jobs/${job.id}/pages/${page}` })}\n`
  if (pages.every((page) => page === 1)) return [line(1, `${job.id}.jpg`, row.data, null)]
  return pages.flatMap((page) => {
    const truth = dataOnPage(row, page)
    return truth === null ? [] : [line(page, `${job.id}-${page}.jpg`, truth, page)]
  })
}

/** Rows as tables and lines, and what people have corrected as training pairs. */
export const exportRoutes: Routes = async (app, { service }) => {
  const { store, run } = service
  const forms = formReader(run)
  const shelf = openShelf(service.home)

  async function selectionOf(tenant: string, batch: string | undefined): Promise<JobSelection> {
    if (batch !== undefined) await findBatch(store, batch, tenant)
    return { tenant, ...(batch === undefined ? {} : { batchId: batch }) }
  }

  async function* rowsOf(selection: JobSelection, { type, status }: ExportQuery) {
    const mark = await shelf.marker(selection.tenant!)
    for await (const { job, row } of eachRow(store, selection, mark)) {
      if (job.status === 'cancelled' && status !== 'cancelled') continue
      if (type === undefined || row.documentType === type) yield { job, row: discreetRow(row) }
    }
  }

  async function* jsonLines(selection: JobSelection, query: ExportQuery): AsyncIterable<string> {
    for await (const { job, row } of rowsOf(selection, query)) {
      const { version, file, ...rest } = row
      yield `${JSON.stringify({ version, file, status: job.status, ...rest })}\n`
    }
  }

  async function* csvLines(selection: JobSelection, query: ExportQuery): AsyncIterable<string> {
    let format: (CsvFormat & { readonly type: string }) | null = null
    for await (const { job, row } of rowsOf(selection, query)) {
      if (format === null) {
        const { jsonSchema } = await forms((await store.work(job.key))!.type)
        format = { ...csvFormat(jsonSchema, query.per, ['status', 'job']), type: row.documentType }
        yield `${query.bom === 'true' ? '\uFEFF' : ''}${format.header}`
      }
      if (row.documentType === format.type) yield format.lines(row, [job.status, job.id])
    }
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
    async ({ session: { tenant }, query: { batch } }, reply) => {
      const selection = await selectionOf(tenant, batch)
      async function* lines(): AsyncIterable<string> {
        for await (const known of eachKnown(store, { ...selection, status: ['reviewed'] }))
          yield* pairLines(known)
      }
      return reply.type('application/jsonl').headers(named('metadata.jsonl')).send(Readable.from(lines()))
    },
  )
}
