import { InvalidArgumentError, type Command } from 'commander'
import { jsonPointerSchema, type JsonPointer } from '../core/extraction.ts'
import type { TruthFormat } from '../datasets/formats.ts'
import { certifyResults } from '../service/certifying/certify.ts'
import { describeCertificate } from './certify-table.ts'
import { truthFormatOption } from './options.ts'
import { checkOut, writeText } from './row-writer.ts'
import { plural } from './text.ts'

interface CertifyOptions {
  readonly rows: string
  readonly truth: string
  readonly truthFormat?: TruthFormat
  readonly error: number
  readonly confidence: number
  readonly fields?: readonly JsonPointer[]
  readonly out?: string
  readonly json?: boolean
}

function shareOf(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value < 1) return value
  throw new InvalidArgumentError('It must be a number between 0 and 1, such as 0.05 for 5 %.')
}

function pointersOf(text: string): readonly JsonPointer[] {
  const parsed = jsonPointerSchema.array().safeParse(text.split(','))
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('It must be JSON pointers with commas between them, such as /total,/date.')
}

async function certify({ rows, truth, out, json, ...options }: CertifyOptions): Promise<void> {
  await checkOut(out, [rows])
  const { certificate, rowsWithoutTruth } = await certifyResults(rows, truth, options)
  const text = `${JSON.stringify(certificate, null, 2)}\n`
  if (rowsWithoutTruth > 0)
    process.stderr.write(`${plural(rowsWithoutTruth, 'row')} without truth left out.\n`)
  process.stdout.write(json ? text : describeCertificate(certificate))
  if (out !== undefined) await writeText(out, text)
}

const warning = `
Use documents that neither the models nor the calibration of the confidences have
seen, drawn like those you will read, and rows that nobody has corrected. Choose
error, confidence and fields before you look at the outcome: whoever tries again
until it passes has proven nothing.`

export function certifyCommand(program: Command): void {
  program
    .command('certify')
    .description('prove from labelled documents how often each field is wrong, and from which confidence on')
    .requiredOption('--rows <file>', 'rows of the labelled documents (JSON lines)')
    .requiredOption('--truth <dir>', 'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json')
    .addOption(truthFormatOption())
    .requiredOption('--error <share>', 'most of the accepted values that may be wrong, such as 0.05', shareOf)
    .option('--confidence <share>', 'how certain the certificate is to be', shareOf, 0.95)
    .option('--fields <pointers>', 'fields to certify, such as /total,/date (default: all)', pointersOf)
    .option('-o, --out <file>', 'where to write the certificate')
    .option('--json', 'the certificate as JSON on standard output')
    .addHelpText('after', warning)
    .action(certify)
}
