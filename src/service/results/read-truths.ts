import { basename, dirname, join, parse } from 'node:path'
import { glob } from 'tinyglobby'
import { ParallaxError } from '../../core/errors.ts'
import { truthSchema, type Truth } from '../../scoring/metrics/truth.ts'
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

async function readTruth(file: string): Promise<Truth> {
  return parseJson(
    await readText(file),
    truthSchema,
    `${file} is not a truth: it must be one JSON object of values.`,
  )
}

/**
 * The truths of a folder by document name, in any of three layouts: DIR/truth/NAME.json,
 * DIR/NAME/truth.json or DIR/NAME.json. Rejects with E_NOT_FOUND or E_BAD_REQUEST.
 */
export async function readTruths(dir: string): Promise<ReadonlyMap<string, Truth>> {
  const files = [...(await truthFiles(dir))]
  return new Map(await Promise.all(files.map(async ([name, file]) => [name, await readTruth(file)] as const)))
}

/** The document whose truth belongs to a file; null where there is none. */
export function nameOf(file: string, truths: ReadonlyMap<string, Truth>): string | null {
  return [parse(file).name, basename(dirname(file))].find((name) => truths.has(name)) ?? null
}
