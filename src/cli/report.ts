import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import type { TruthFormat } from '../datasets/formats.ts'
import { makeReport } from '../service/results/report.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, truthFormatOption } from './options.ts'
import { checkOut, writeText } from './row-writer.ts'
import { plural, printable } from './text.ts'

interface ReportOptions {
  readonly truth?: string
  readonly truthFormat?: TruthFormat
  readonly images?: string
  readonly out: string
}

async function report(
  resultsFile: string,
  { truth, truthFormat, images, out }: ReportOptions,
): Promise<void> {
  await checkOut(out, [resultsFile])
  using interrupt = onInterrupt('Interrupted. No report was written.')
  await using extraction = openExtraction(configFor({}))
  const { signal } = interrupt
  const { html, figures, pictured } = await makeReport(extraction.reader.run, resultsFile, {
    truth,
    truthFormat,
    images,
    signal,
  })
  await writeText(out, html)
  const { entries, leftOut } = figures.gallery
  const left = leftOut > 0 ? `, ${leftOut} left out` : ''
  process.stderr.write(
    `${printable(out)}: ${plural(figures.risk.documents, 'document')}, ${plural(entries.length, 'value')} to look at (${pictured} with a picture${left}).\n`,
  )
}

export function reportCommand(program: Command): void {
  program
    .command('report <rows>')
    .description('show what rows (JSON lines) say of their documents, as one HTML file that needs no network')
    .requiredOption('-o, --out <file>', 'where to write, such as report.html')
    .option('--truth <dir>', 'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json: says what is wrong')
    .addOption(truthFormatOption())
    .option('--images <dir>', 'folder of the documents (default: where the rows say that they are)')
    .action(report)
}
