import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { certified, readCertificate } from '../service/certifying/certificates.ts'
import { describe } from '../service/types/describe.ts'
import { extractAll, type Extracting } from '../service/reading/extract-files.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { readInput } from '../service/files/intake.ts'
import { openExplainWriter } from './explain-writer.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, requireOneType, withReadOptions, type ReadOptions } from './options.ts'
import { otherTemplates } from './other-templates.ts'
import { passedOver } from './passed-over.ts'
import { checkOut, encoder, openRowWriter } from './row-writer.ts'
import { summaryOf, tally } from './summary.ts'
import { sayer } from './text.ts'

interface ExtractOptions extends ReadOptions {
  readonly explain?: string
}

async function extract(inputs: readonly string[], options: ExtractOptions): Promise<void> {
  using interrupt = onInterrupt('Interrupted. Use parallax batch to go on later from where you stop.')
  const { signal } = interrupt
  const config = configFor(options)
  const cwd = process.cwd()
  const found = await expandInputs(inputs, cwd)
  const { files } = found
  requireOneType(options)
  process.stderr.write(passedOver(found))
  await checkOut(options.out, files)
  const certificate = options.certificate === undefined ? null : await readCertificate(options.certificate)
  await using extraction = openExtraction(config)
  const { ocr, vlm, accept, split } = config
  const { route } = options
  const description = await describe(
    extraction.reader.run,
    { spec: options.type, cwd, route, ocr, vlm, accept, split, templates: config.templates },
    signal,
  )
  const { type, jsonSchema, templates } = description
  process.stderr.write(otherTemplates(description))
  const reader = { ...extraction.reader, templates }
  await using writer = await openRowWriter(options.out, encoder(options.format, jsonSchema, options.per))
  const explained =
    options.explain === undefined
      ? null
      : await openExplainWriter(options.explain, files, reader, type, route)
  const counts = tally()
  const sources = files.map((name) => ({ name, bytes: () => readInput(name) }))
  const onRead: Extracting['onRead'] = async (file, bytes, result) =>
    explained?.write(file, bytes, result, signal)
  const extracting = { reader, type, templates: config.templates, route, signal, onRead }
  const results = extractAll(sources, extracting, config.concurrency)
  for await (const read of results) {
    const result = certified(read, certificate)
    counts.add(result)
    await writer.write(result)
  }
  await writer.finish()
  sayer(options.quiet)(summaryOf(counts, certificate))
  if (counts.failed > 0) process.exitCode = 1
}

export function extractCommand(program: Command): void {
  withReadOptions(program.command('extract'), 'json')
    .description('read documents in this process and print a row for each')
    .option(
      '--explain <dir>',
      'draw on each page what was seen and where the values stand, and write that here',
    )
    .action(extract)
}
