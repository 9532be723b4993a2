import { basename, extname } from 'node:path'
import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { readInput } from '../service/files/intake.ts'
import { draftSchemaFrom, trySchemaOn, type SchemaTrial } from '../service/reading/schemas.ts'
import { describe } from '../service/types/describe.ts'
import { pc } from './colors.ts'
import { plainTable } from './field-table.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, ocrOption } from './options.ts'
import { checkOut, writeText } from './row-writer.ts'
import { percent, plural, printable } from './text.ts'

interface SchemaOptions {
  readonly ocr?: string
}

interface DraftOptions extends SchemaOptions {
  readonly out?: string
  readonly title?: string
}

const valueOf = (value: SchemaTrial[number]['value']): string =>
  value === null ? pc.yellow('not found') : printable(String(value))

const at = (caption: string | null): string => (caption === null ? '' : ` at "${printable(caption)}"`)

function adviceOf({ value, hints }: SchemaTrial[number]): string {
  if (hints.length === 0) return ''
  const said = hints.map((hint) => `"${printable(hint)}"`).join(', ')
  return value === null || hints.length > 1 ? `perhaps ${said}` : said
}

/** What a schema gave on a document, for people. */
function trialText(file: string, trial: SchemaTrial): string {
  const table = plainTable([
    'field',
    'asked for as',
    'value',
    'sure',
    'stands',
    'second',
    'x-captions to add',
  ])
  for (const field of trial) {
    const { pointer, asked, value, confidence, page, caption, second } = field
    table.push([
      printable(pointer),
      printable(asked.slice(0, 3).join(', ')),
      valueOf(value),
      value === null ? '' : percent(confidence),
      page === null ? '' : `page ${page}${at(caption)}`,
      second ? `${valueOf(second.value)} (${percent(second.confidence)})${at(second.caption)}` : '',
      adviceOf(field),
    ])
  }
  const found = trial.filter(({ value }) => value !== null).length
  return `${pc.bold(printable(file))}: ${found} of ${plural(trial.length, 'field')} found\n${table.toString()}\n`
}

async function tryOn(spec: string, file: string, options: SchemaOptions): Promise<void> {
  const config = { ...configFor(options), concurrency: 1 }
  const bytes = await readInput(file)
  using interrupt = onInterrupt('Interrupted.')
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const { ocr, pageMs } = config
  const { type } = await describe(run, { spec, cwd: process.cwd(), ocr }, interrupt.signal)
  const trial = await trySchemaOn(run, { bytes, type, ocr, pageMs }, interrupt.signal)
  process.stdout.write(trialText(file, trial))
}

async function draft(file: string, options: DraftOptions): Promise<void> {
  const config = { ...configFor(options), concurrency: 1 }
  const bytes = await readInput(file)
  await checkOut(options.out, [file])
  using interrupt = onInterrupt('Interrupted. Nothing was written.')
  await using extraction = openExtraction(config)
  const { ocr, pageMs } = config
  const title = options.title ?? basename(file, extname(file))
  const request = { bytes, ocr, pageMs, title }
  const { schema, properties } = await draftSchemaFrom(extraction.reader.run, request, interrupt.signal)
  await writeText(options.out, `${JSON.stringify(schema, null, 2)}\n`)
  const table = plainTable(['property', 'printed as', 'value here'])
  for (const { pointer, caption, text } of properties)
    table.push([printable(pointer), printable(caption), printable(text)])
  process.stderr.write(
    `${table.toString()}\nThe draft has ${plural(properties.length, 'property', 'properties')}: delete what you do not need, and say what is required.\n`,
  )
}

const withOcr = (command: Command): Command => command.option(...ocrOption)

export function schemaCommand(program: Command): void {
  const schema = program.command('schema').description('make a document type of your own, as a JSON Schema')
  withOcr(schema.command('draft <document>'))
    .description('draft a JSON Schema from the captions and tables of a document')
    .option('--title <title>', 'what to call such documents (default: the name of the file)')
    .option('-o, --out <file>', 'where to write (default: standard output)')
    .action(draft)
  withOcr(schema.command('try <type> <document>'))
    .description(
      'how each field is asked for, where it is found, what comes second, and which captions would help',
    )
    .action(tryOn)
}
