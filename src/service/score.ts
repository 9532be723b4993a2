import { readFile } from 'node:fs/promises'
import { basename, dirname, join, parse } from 'node:path'
import { glob } from 'tinyglobby'
import type { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { rowSchema, type Row } from '../core/row.ts'
import { buildReport, type Report } from '../scoring/metrics/report.ts'
import { truthSchema, type Truth } from '../scoring/metrics/truth.ts'

export interface ScoreOptions {
  /** Truths without a row count as failed documents; by default only the documents of the rows are scored. */
  readonly all?: boolean
}

export type RowsReport = Report & {
  /** Rows left out because no truth was found for them. */
  readonly rowsWithoutTruth: number
}

/** Rows with their truths, each truth once. */
export interface Pairs {
  readonly paired: readonly { readonly row: Row; readonly truth: Truth }[]
  /** Truths for which there is no row. */
  readonly unanswered: readonly Truth[]
  readonly rowsWithoutTruth: number
}

/**
 * Pairs rows (JSONL) with a folder of truths: DIR/truth/NAME.json, DIR/NAME/truth.json or DIR/NAME.json, where NAME
 * is the row's file without its ending or, failing that, the folder the file is in. There is at least one pair. Rejects
 * with E_NOT_FOUND or E_BAD_REQUEST.
 */
export async function readPairs(rowsFile: string, truthDir: string): Promise<Pairs> {
  const truths = await readTruths(truthDir)
  const rows = (await readRows(rowsFile)).map((row) => ({ row, name: nameOf(row.file, truths) }))
  const paired = rows.flatMap(({ row, name }) => pairOf(row, name === null ? undefined : truths.get(name)))
  if (paired.length === 0) throw noPairs(rowsFile, truthDir)
  refuseTwice(rows)
  const answered = new Set(rows.map(({ name }) => name))
  return {
    paired,
    unanswered: [...truths].filter(([name]) => !answered.has(name)).map(([, truth]) => truth),
    rowsWithoutTruth: rows.length - paired.length,
  }
}

/** Scores rows against the truths of a folder; finds them, and rejects, as `readPairs`. */
export async function scoreRows(
  rowsFile: string,
  truthDir: string,
  { all = false }: ScoreOptions = {},
): Promise<RowsReport> {
  const { paired, unanswered, rowsWithoutTruth } = await readPairs(rowsFile, truthDir)
  const missing = all ? unanswered.map((truth) => ({ row: null, truth })) : []
  return { ...buildReport([...paired, ...missing]), rowsWithoutTruth }
}

/** Two rows for one truth would count it twice. */
function refuseTwice(rows: readonly { readonly row: Row; readonly name: string | null }[]): void {
  const seen = new Map<string, string>()
  for (const { row, name } of rows) {
    if (name === null) continue
    const other = seen.get(name)
    if (other !== undefined) {
      throw new ParallaxError(
        'E_BAD_REQUEST',
        `${other} and ${row.file} both have the truth "${name}": score them apart.`,
      )
    }
    seen.set(name, row.file)
  }
}

const pairOf = (row: Row, truth: Truth | undefined): Pairs['paired'] => (truth ? [{ row, truth }] : [])

/** The document whose truth belongs to a file; null where there is none. */
export function nameOf(file: string, truths: ReadonlyMap<string, Truth>): string | null {
  return [parse(file).name, basename(dirname(file))].find((name) => truths.has(name)) ?? null
}

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

/** The truths of a folder by document name, see `readPairs`. */
export async function readTruths(dir: string): Promise<ReadonlyMap<string, Truth>> {
  const files = [...(await truthFiles(dir))]
  return new Map(await Promise.all(files.map(async ([name, file]) => [name, await readTruth(file)] as const)))
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new ParallaxError(
      'E_NOT_FOUND',
      `${file} cannot be read. Check that it exists and that you may open it.`,
      {
        cause: error,
      },
    )
  }
}

/** Parses JSON under a schema; `complaint` is what to tell the person when it is something else. */
function parseJson<T>(text: string, schema: z.ZodType<T>, complaint: string): T {
  const parsed = schema.safeParse(fromJson(text, complaint))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `${complaint} (${issue?.path.join('.') || 'as a whole'}: ${issue?.message})`,
  )
}

function fromJson(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ParallaxError('E_BAD_REQUEST', `${complaint} (not JSON)`, { cause: error })
  }
}

async function readTruth(file: string): Promise<Truth> {
  return parseJson(
    await readText(file),
    truthSchema,
    `${file} is not a truth: it must be one JSON object of values.`,
  )
}

async function readRows(file: string): Promise<readonly Row[]> {
  const lines = (await readText(file))
    .split('\n')
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
  return lines
    .filter(({ text }) => text !== '')
    .map(({ text, number }) => parseJson(text, rowSchema, rowComplaint(file, number)))
}

const rowComplaint = (file: string, line: number): string =>
  `Line ${line} of ${file} is not a row. Give a file that "extract --format jsonl" wrote.`

const noPairs = (rowsFile: string, truthDir: string): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `None of the rows in ${rowsFile} has a truth in ${truthDir}. A truth is named like its document: invoice-7.json for invoice-7.pdf.`,
  )
