import { basename } from 'node:path'
import type { Command } from 'commander'
import { defaultType } from '../core/document-type.ts'
import { openExtraction } from '../app/extraction.ts'
import { ParallaxError, toErrorReport } from '../core/errors.ts'
import { describe } from '../service/types/describe.ts'
import { draft, readTruthFile } from '../service/reading/draft.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { readInput } from '../service/files/intake.ts'
import { tryTemplates, type Trial } from '../service/reading/try-templates.ts'
import { pc } from './colors.ts'
import { plainTable } from './field-table.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, ocrOption } from './options.ts'
import { otherTemplates } from './other-templates.ts'
import { passedOver } from './passed-over.ts'
import { checkOut, writeText } from './row-writer.ts'
import { plural, printable } from './text.ts'

interface TemplateOptions {
  readonly type: string
  readonly ocr?: string
  readonly templates?: string
}

interface DraftOptions extends TemplateOptions {
  readonly truth: string
  readonly out?: string
}

const interrupted = 'Interrupted. Nothing was written.'

async function draftFile(file: string, options: DraftOptions): Promise<void> {
  const config = { ...configFor(options), concurrency: 1 }
  const truth = await readTruthFile(options.truth)
  const bytes = await readInput(file)
  await checkOut(options.out, [file, options.truth])
  using interrupt = onInterrupt(interrupted)
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const { ocr, pageMs } = config
  const { type } = await describe(run, { spec: options.type, cwd: process.cwd(), ocr }, interrupt.signal)
  const request = { bytes, type, ocr, pageMs, truth, source: printable(basename(file)) }
  const { text, read, printed } = await draft(run, request, interrupt.signal)
  await writeText(options.out, text)
  process.stderr.write(
    `The draft reads ${read} of the ${printed} fields that ${printable(file)} prints; its comments say how.\n`,
  )
}

/** What a template gave on a document, for people. */
function trialText(file: string, { template, matches, fields }: Trial): string {
  const partly = matches.filter(({ found, of }) => found > 0 && found < of)
  const near = partly.map(({ name, found, of }) => `${printable(name)} shows ${found} of ${of}`).join(', ')
  const head = `${pc.bold(printable(file))}: ${template === null ? pc.yellow('no template matches') : printable(template)}${near === '' ? '' : ` (${near})`}\n`
  if (template === null) return head
  const table = plainTable(['field', 'found by', 'value', 'read as'])
  for (const { pointer, way, found, value, text } of fields) {
    const known = value === null ? pc.dim('–') : printable(String(value))
    const shown = found ? known : pc.yellow('not found: left to the type')
    table.push([printable(pointer), way, shown, printable(text ?? '')])
  }
  return `${head}${table.toString()}\n`
}

async function check(inputs: readonly string[], options: TemplateOptions): Promise<void> {
  const config = { ...configFor(options), concurrency: 1 }
  const found = await expandInputs(inputs, process.cwd())
  const { files } = found
  process.stderr.write(passedOver(found))
  using interrupt = onInterrupt('Interrupted.')
  const { signal } = interrupt
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const { ocr, pageMs } = config
  const request = { spec: options.type, cwd: process.cwd(), ocr, templates: config.templates }
  const description = await describe(run, request, signal)
  const { type, templates } = description
  process.stderr.write(otherTemplates(description))
  if (templates.length === 0)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `There are no vendor templates for the type "${type.name}" in ${config.templates.folder}. parallax template draft makes one.`,
    )
  let failed = 0
  for (const file of files) {
    try {
      const trial = await tryTemplates(
        run,
        { bytes: await readInput(file), type, ocr, pageMs, templates },
        signal,
      )
      process.stdout.write(trialText(file, trial))
    } catch (error) {
      signal.throwIfAborted()
      failed++
      const { code, message } = toErrorReport(error)
      process.stdout.write(`${pc.bold(printable(file))}: ${pc.red(code)} ${printable(message)}\n`)
    }
  }
  process.stderr.write(
    `${plural(templates.length, 'template')} tried on ${plural(files.length, 'document')}.\n`,
  )
  if (failed > 0) process.exitCode = 1
}

const withTemplateOptions = (command: Command): Command =>
  command
    .option('-t, --type <type>', 'document type: a name, ./my-type.ts or ./my-schema.json', defaultType)
    .option(...ocrOption)

export function templateCommand(program: Command): void {
  const template = program.command('template').description('say where the fields of a vendor you know stand')
  withTemplateOptions(template.command('draft <document>'))
    .description('draft the template of a vendor from one labelled document')
    .requiredOption('--truth <file>', 'the true values, as JSON of the shape of the type')
    .option('-o, --out <file>', 'where to write (default: standard output)')
    .action(draftFile)
  withTemplateOptions(template.command('check <inputs...>'))
    .description('which template each document gets, and what its fields give')
    .option('--templates <dir>', 'folder of vendor templates (default: templates in the data folder)')
    .action(check)
}
