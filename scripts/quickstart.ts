/** Sends samples/receipt through the queue, as any user would, and shows what was read. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Table from 'cli-table3'
import { z } from 'zod'
import { nodeArgs } from '../src/compute/entry.ts'
import { extractionResultSchema, type ExtractionResult } from '../src/core/extraction-result.ts'
import { borderless } from '../src/cli/borderless.ts'
import { printable } from '../src/cli/text.ts'

const rowsFile = 'out/quickstart.jsonl'
const main = new URL('../src/cli/main.ts', import.meta.url)

const receiptSchema = z
  .object({
    merchant: z.object({ name: z.string().nullable() }),
    date: z.string().nullable(),
    currency: z.string().nullable(),
    total: z.number().nullable(),
  })
  .nullable()

async function runBatch(): Promise<number> {
  const args = ['batch', 'samples/receipt/*/page.*', '--out', rowsFile, '--format', 'jsonl']
  const child = spawn(process.execPath, [...nodeArgs(main), fileURLToPath(main), ...args], {
    stdio: 'inherit',
  })
  // Ctrl-C reaches the batch too, which ends in order.
  process.on('SIGINT', () => {})
  const [status] = (await once(child, 'exit')) as [number | null]
  return status ?? 1
}

const readRows = (): ExtractionResult[] =>
  readFileSync(rowsFile, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => extractionResultSchema.parse(JSON.parse(line)))

const verdicts = { accepted: 'accepted', needs_review: 'to review', failed: 'failed' } as const

function cellsOf(result: ExtractionResult): string[] {
  const data = receiptSchema.parse(result.data)
  const total = data?.total == null ? '' : `${data.total.toFixed(2)} ${data.currency ?? ''}`
  const [, , folder = ''] = result.file.split('/')
  return [folder, data?.merchant.name ?? '', data?.date ?? '', total, verdicts[result.verdict]].map(printable)
}

function show(results: readonly ExtractionResult[]): void {
  const table = new Table({
    head: ['sample', 'merchant', 'date', 'total', 'verdict'],
    colWidths: [null, 26],
    colAligns: ['left', 'left', 'left', 'right', 'left'],
    chars: borderless,
    style: { head: [], border: [], compact: true },
  })
  table.push(...results.map(cellsOf))
  process.stdout.write(`${table.toString()}\n`)
}

mkdirSync('out', { recursive: true })
const status = await runBatch()
if (status <= 1) {
  show(readRows())
  process.stdout.write(`
All that was read, with the place of every value on its page: ${rowsFile}

Next, your own scans:
  npm run -s parallax -- extract scan.jpg
  npm run -s parallax -- batch FOLDER --format csv --out receipts.csv
What Parallax was not sure of, to look at and put right in the browser:
  npm run -s parallax -- serve
`)
}
process.exitCode = status
