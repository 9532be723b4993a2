import { Readable } from 'node:stream'
import { z } from 'zod'
import { columnNamesSchema } from '../../contract/jobs.ts'
import { jobStatusSchema } from '../../core/jobs.ts'
import { findBatch } from '../../service/submitting/answers.ts'
import { openCertificateStore } from '../../service/certifying/certificate-store.ts'
import { columnsNames, columnsNameSchema, namedColumns } from '../../service/exporting/columns.ts'
import { exportFormats, exportRows, type ExportFormat } from '../../service/exporting/export-rows.ts'
import type { JobSelection } from '../../service/results/each-result.ts'
import { linesPer } from '../../service/results/table.ts'
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

const exportQuerySchema = z
  .strictObject({
    format: z.enum(exportFormats).default('jsonl'),
    per: z.enum(linesPer).optional().describe('a line of a table for each; by default a document'),
    bom: z
      .enum(['true', 'false'])
      .optional()
      .describe(
        'whether CSV begins with a byte order mark, without which some spreadsheets take UTF-8 for Latin-1',
      ),
    columns: columnsNameSchema
      .optional()
      .describe('the columns of a table, by the name of a file in the folder `columns` of the data folder'),
    batch: batchParameter,
    status: jobStatusSchema.optional().describe('of the documents; without it all but cancelled ones'),
    type: z
      .string()
      .max(200)
      .optional()
      .describe('of the documents; a table is of one type, by default that of the first'),
  })
  .refine(({ format, per, columns }) => format !== 'jsonl' || (per ?? columns) === undefined, {
    error: 'per and columns are for tables: say format=csv or format=xlsx',
  })
  .refine(({ per, columns }) => per === undefined || columns === undefined, {
    error: 'the columns say what a line is for: leave out per',
  })
  .refine(({ format, bom }) => format === 'csv' || bom === undefined, { error: 'bom is for CSV' })

/** What is sent piece by piece is text. */
const textStream = z.any().meta({ type: 'string' })

const streamed = (type: string) => ({
  200: { description: 'A stream of lines.', content: { [type]: { schema: textStream } } },
})
const contentTypes: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/jsonl',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const binaryStream = z.any().meta({ type: 'string', format: 'binary' })
const anyStream = {
  200: {
    description: 'A stream of rows.',
    content: {
      [contentTypes.jsonl]: { schema: textStream },
      'text/csv': { schema: textStream },
      [contentTypes.xlsx]: { schema: binaryStream },
    },
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

/** Rows as tables and lines, and what people have corrected as training pairs. */
export const exportRoutes: Routes = async (app, { service }) => {
  const { store, run } = service
  const forms = formReader(run)
  const certificates = openCertificateStore(service.home)

  async function selectionOf(tenant: string, batch: string | undefined): Promise<JobSelection> {
    if (batch !== undefined) await findBatch(store, batch, tenant)
    return { tenant, ...(batch === undefined ? {} : { batchId: batch }) }
  }

  app.get(
    '/v1/exports',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'exportRows',
        summary: 'Rows with all corrections and the state of their jobs, as JSON lines, CSV or XLSX',
        tags,
        querystring: exportQuerySchema,
        response: anyStream,
      },
    },
    async ({ session: { tenant }, query }, reply) => {
      const { batch, status, format, type, per = 'document', bom } = query
      const selection = {
        ...(await selectionOf(tenant, batch)),
        ...(status === undefined ? {} : { status: [status] }),
      }
      const columns = query.columns === undefined ? null : await namedColumns(service.home, query.columns)
      const source = { store, forms, mark: await certificates.marker(tenant) }
      const asked = { format, per, bom: bom === 'true', type, columns }
      return reply
        .type(contentTypes[format])
        .headers(named(`rows.${format}`))
        .send(await exportRows(source, selection, asked))
    },
  )

  app.get(
    '/v1/exports/columns',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'listColumns',
        summary: 'Names of columns that tables can be asked for with',
        tags,
        response: { 200: columnNamesSchema },
      },
    },
    async () => ({ items: [...(await columnsNames(service.home))] }),
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
