import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { jobStatusSchema, localTenant, type JobStatus } from '../core/jobs.ts'
import { openCertificateStore } from '../service/certifying/certificate-store.ts'
import { readColumns } from '../service/exporting/columns.ts'
import { exportFormats, exportRows, type ExportFormat } from '../service/exporting/export-rows.ts'
import { linesPer, type LinesPer } from '../service/results/table.ts'
import { formReader } from '../service/reviewing/type-form.ts'
import { checkOut, isClosedPipe, unwritable } from './row-writer.ts'

interface Options {
  readonly out?: string
  readonly format: ExportFormat
  readonly per?: LinesPer
  readonly bom?: boolean
  readonly columns?: string
  readonly batch?: string
  readonly status?: JobStatus
  readonly type?: string
}

function requireFitting({ format, per, bom, columns }: Options): void {
  const wrong =
    (format === 'jsonl' && (per ?? columns) !== undefined && '--per and --columns are for csv and xlsx') ||
    (per !== undefined && columns !== undefined && '--columns say what a line is for: leave out --per') ||
    (format !== 'csv' && bom === true && '--bom is for csv')
  if (wrong) throw new ParallaxError('E_BAD_REQUEST', `${wrong}.`)
}

/** A file is replaced when all is in its neighbour. */
async function write(rows: NodeJS.ReadableStream, file: string | undefined): Promise<void> {
  if (file === undefined) {
    await pipeline(rows, process.stdout, { end: false }).catch((error: unknown) => {
      if (!isClosedPipe(error)) throw error
    })
    return
  }
  const part = `${file}.${process.pid}.part`
  try {
    await pipeline(rows, createWriteStream(part))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error instanceof ParallaxError ? error : unwritable(file, error)
  }
}

async function run(options: Options): Promise<void> {
  requireFitting(options)
  const { out, format, per = 'document', bom = false, batch, status, type } = options
  await checkOut(out, [])
  const config = readConfig()
  const columns = options.columns === undefined ? null : await readColumns(options.columns)
  await using records = await openRecords(config)
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const mark = await openCertificateStore(config.home).marker(localTenant)
  const source = { store: records.store, forms: formReader(extraction.reader.run), mark }
  const selection = {
    tenant: localTenant,
    ...(batch === undefined ? {} : { batchId: batch }),
    ...(status === undefined ? {} : { status: [status] }),
  }
  await write(await exportRows(source, selection, { format, per, bom, type, columns }), out)
}

export function addExportRows(jobs: Command): void {
  jobs
    .command('export')
    .description('write documents as they stand, with what people corrected, as rows')
    .addOption(new Option('-f, --format <format>', 'how to write').choices(exportFormats).default('jsonl'))
    .option('-o, --out <file>', 'where to write (default: standard output)')
    .addOption(new Option('--per <what>', 'a line of a table for each (default: document)').choices(linesPer))
    .option('--columns <file>', 'columns of the table, as YAML: a list of name and from')
    .option('--bom', 'begin CSV with a byte order mark, by which spreadsheets know UTF-8')
    .option('--batch <id>', 'only those of a batch')
    .addOption(new Option('--status <status>', 'only those in a state').choices(jobStatusSchema.options))
    .option('-t, --type <type>', 'only those of a document type')
    .action(run)
}
