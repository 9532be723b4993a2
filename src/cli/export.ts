import { Option, type Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { localTenant } from '../core/jobs.ts'
import { exportPairs, exportTruths, type Exported } from '../service/exporting/export-folder.ts'
import type { KnownStatus } from '../service/exporting/training-pairs.ts'
import { plural, printable } from './text.ts'

interface ExportOptions {
  readonly out: string
  readonly batch?: string
  readonly status: KnownStatus
  readonly type?: string
  readonly all?: boolean
  readonly truth?: boolean
}

async function write({ out, batch, status, type, all, truth }: ExportOptions): Promise<Exported> {
  const config = readConfig()
  await using records = await openRecords(config)
  const selection = { tenant: localTenant, type, ...(batch === undefined ? {} : { batchId: batch }) }
  if (truth) return await exportTruths(records, out, selection)
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const statuses: readonly KnownStatus[] = all ? ['reviewed', 'accepted'] : [status]
  return await exportPairs({ ...records, run: extraction.reader.run }, out, {
    ...selection,
    status: statuses,
  })
}

async function run(options: ExportOptions): Promise<void> {
  const { documents, leftOut } = await write(options)
  for (const { id, why } of leftOut) process.stderr.write(`Job ${id} is left out: ${printable(why)}\n`)
  process.stdout.write(`${plural(documents, 'document')} exported to ${printable(options.out)}.\n`)
}

const help = `
Beside the images stands metadata.jsonl with a line an image, as Donut and the
fine-tuning of the direct model read it; "source" says how a document came to be
known: review (it was flagged), audit (it was drawn at random), accepted (nobody
looked). Documents of several pages have a picture and a line for each page.

With --truth: audit/rows.jsonl and audit/truth are for parallax score and
certify; review/ has the flagged ones, which say nothing about the others.`

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('write reviewed documents as training pairs (images and JSON) and as CSV')
    .requiredOption('-o, --out <dir>', 'a new folder')
    .option('--batch <id>', 'only those of a batch')
    .addOption(
      new Option('--status <status>', 'only those in this state')
        .choices(['reviewed', 'accepted'])
        .default('reviewed'),
    )
    .option('--all', 'accepted ones as well, which nobody looked at')
    .option('-t, --type <type>', 'only those of a document type')
    .option('--truth', 'rows as they were read, and what is true, instead of images')
    .addHelpText('after', help)
    .action(run)
}
