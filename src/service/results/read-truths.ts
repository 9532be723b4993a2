import { basename, dirname, join, parse } from 'node:path'
import { glob } from 'tinyglobby'
import type { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { fileOf, partName } from '../../core/part.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { Truth } from '../../scoring/metrics/truth.ts'
import { parseJson, readText } from './parse-file.ts'

const layouts: readonly { pattern: string; nameOf(file: string): string }[] = [
  { pattern: 'truth/*.json', nameOf: (file) => parse(file).name },
  { pattern: '*/truth.json', nameOf: dirname },
  { pattern: '*.json', nameOf: (file) => parse(file).name },
]

/** Truth files by document name, in the first layout that the folder has. */
async function truthFiles(dir: string): Promise<ReadonlyMap<string, string>> {
  for (const layout of layouts) {
    const files = await glob(layout.pattern, { cwd: dir })
    if (files.length > 0) return new Map(files.sort().map((file) => [layout.nameOf(file), join(dir, file)]))
  }
  throw new ParallaxError(
    'E_NOT_FOUND',
    `There are no truths in ${dir}. Put one JSON file per document there, named like the document: invoice-7.json for invoice-7.pdf.`,
  )
}

async function readTruth(file: string, schema: z.ZodType<Truth>): Promise<Truth> {
  return parseJson(
    await readText(file),
    schema,
    `${file} is not a truth: it must be one JSON object of values.`,
  )
}

/**
 * The truths of a folder by document name, in any of three layouts: DIR/truth/NAME.json,
 * DIR/NAME/truth.json or DIR/NAME.json. Rejects with E_NOT_FOUND, or with E_BAD_REQUEST where a file does not fit the schema.
 */
export async function readTruths(dir: string, schema: z.ZodType<Truth>): Promise<ReadonlyMap<string, Truth>> {
  const files = [...(await truthFiles(dir))]
  const read = files.map(async ([name, file]) => [name, await readTruth(file, schema)] as const)
  return new Map(await Promise.all(read))
}

/**
 * The document whose truth belongs to a result; null where there is none. A part of a file has a truth of its own: NAME#2 for the
 * second document of NAME.pdf.
 */
export function nameOf(
  row: Pick<ExtractionResult, 'file' | 'part'>,
  truths: ReadonlyMap<string, Truth>,
): string | null {
  const file = fileOf(row)
  const names = [parse(file).name, basename(dirname(file))]
  const { part } = row
  return names.map((name) => (part ? partName(name, part) : name)).find((name) => truths.has(name)) ?? null
}
