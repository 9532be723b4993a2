import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { defaultType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import { anyType } from '../core/told-type.ts'
import { readConfig, type Config } from '../config.ts'
import { acceptanceSchema, type Acceptance } from '../core/acceptance.ts'
import { splitSchema, type Split } from '../core/part.ts'
import { strategySchema, type Strategy } from '../core/extraction-result.ts'
import { truthFormats } from '../datasets/formats.ts'
import { rowFormats, type RowFormat } from './row-writer.ts'
import type { LinesPer } from '../service/results/table.ts'

/** What `extract` and `batch` have in common. */
export interface ReadOptions {
  readonly type: string
  readonly route: Strategy
  readonly ocr?: string
  readonly vlm?: string
  readonly concurrency?: number
  readonly split?: Split
  readonly format: RowFormat
  readonly per: LinesPer
  readonly out?: string
  readonly force?: boolean
  readonly quiet?: boolean
  readonly templates?: string
  readonly certificate?: string
  readonly accept?: Acceptance
}

/** Parses an option that counts, from 1 to `max`. */
export function countUpTo(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= 1 && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`)
  }
}

/** What names a type on the command line; `auto` where each document may be of another one. */
export const typeHelp =
  'document type: a name, ./my-type.ts or ./my-schema.json; auto: as each document tells'

/** The option of every command that reads pages. */
export const ocrOption = [
  '--ocr <engine>',
  'OCR engine: pp-ocr, tesseract-js, tesseract where it is installed, or two as pp-ocr+tesseract',
] as const

/** E_BAD_REQUEST for a table of documents that are of many types. */
export function requireOneType({ type, format }: Pick<ReadOptions, 'type' | 'format'>): void {
  if (type !== anyType || format !== 'csv') return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `CSV has the columns of one type: name it with --type, or write --format jsonl.`,
  )
}

export function withReadOptions(command: Command, format: RowFormat): Command {
  return command
    .argument('<inputs...>', 'files, folders and globs')
    .option('-t, --type <type>', typeHelp, defaultType)
    .addOption(
      new Option('-r, --route <route>', 'how to read').choices(strategySchema.options).default('auto'),
    )
    .addOption(new Option('-f, --format <format>', 'how to write').choices(rowFormats).default(format))
    .addOption(
      new Option('--per <what>', 'a CSV line for each').choices(['document', 'item']).default('document'),
    )
    .option('-o, --out <file>', 'where to write (default: standard output)')
    .option(...ocrOption)
    .option(
      '--vlm <model>',
      'model of the direct path: onnx (its own), or openai:MODEL for an OpenAI-compatible server (see PARALLAX_VLM_URL)',
    )
    .option('-j, --concurrency <n>', 'documents at the same time (default: one a core)', countUpTo(256))
    .addOption(
      new Option(
        '--split <when>',
        'auto: tell the documents of a file apart; never: each file is one document (default: auto)',
      ).choices(splitSchema.options),
    )
    .option('--templates <dir>', 'folder of vendor templates (default: templates in the data folder)')
    .option('--certificate <file>', 'says which values are certified (see parallax certify)')
    .addOption(
      new Option(
        '--accept <what>',
        'what may be accepted unseen: calibrated (default), or also what nobody has measured',
      ).choices(acceptanceSchema.options),
    )
    .option('--force', 'read again what was read before')
    .option('-q, --quiet', 'no progress and no summary: say only what went wrong')
}

/** How labelled documents are written down, for the commands that compare with them. */
export const truthFormatOption = (): Option =>
  new Option(
    '--truth-format <format>',
    'how truths are written (default: in the shape of their type)',
  ).choices(truthFormats)

/** Settings of the environment under those of the command line. */
export function configFor({
  ocr,
  vlm,
  concurrency,
  split,
  templates,
  accept,
}: Pick<ReadOptions, 'ocr' | 'vlm' | 'concurrency' | 'split' | 'templates' | 'accept'>): Config {
  const config = readConfig()
  return {
    ...config,
    ocr: ocr ?? config.ocr,
    vlm: { ...config.vlm, name: vlm ?? config.vlm.name },
    concurrency: concurrency ?? config.concurrency,
    accept: accept ?? config.accept,
    split: split ?? config.split,
    templates: templates === undefined ? config.templates : { folder: resolve(templates), required: true },
  }
}
