import { ParallaxError } from '../../core/errors.ts'
import type { Row } from '../../core/row.ts'
import { buildReport, type Report } from '../../scoring/metrics/report.ts'
import type { Truth, TruthFormat } from '../../scoring/metrics/truth.ts'
import { readRows } from './read-rows.ts'
import { nameOf, readTruths } from './read-truths.ts'

export interface ScoreOptions {
  /** How the truths are written; by default in the shape of the rows' type. */
  readonly truthFormat?: TruthFormat | undefined
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

/** A field that receipts do not have is a user's type of the same name. */
const isReceipt = ({ documentType, data, fields }: Row): boolean =>
  documentType === 'receipt' &&
  ![data, fields].some((of) =>
    ['company', '/company', 'store_name', '/store_name'].some((key) => Object.hasOwn(of ?? {}, key)),
  )

/**
 * Pairs rows (JSONL) with a folder of truths: DIR/truth/NAME.json, DIR/NAME/truth.json or DIR/NAME.json, where NAME
 * is the row's file without its ending or, failing that, the folder the file is in, with `#2` for the second document of a file. There is at least one pair. Rejects
 * with E_NOT_FOUND or E_BAD_REQUEST.
 */
export async function readPairs(rowsFile: string, truthDir: string, format?: TruthFormat): Promise<Pairs> {
  const read = await readRows(rowsFile)
  const truths = await readTruths(truthDir, { receipts: read.every(isReceipt), format })
  const rows = read.map((row) => ({ row, name: nameOf(row, truths) }))
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
  { all = false, truthFormat }: ScoreOptions = {},
): Promise<RowsReport> {
  const { paired, unanswered, rowsWithoutTruth } = await readPairs(rowsFile, truthDir, truthFormat)
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

const noPairs = (rowsFile: string, truthDir: string): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `None of the rows in ${rowsFile} has a truth in ${truthDir}. A truth is named like its document: invoice-7.json for invoice-7.pdf.`,
  )
