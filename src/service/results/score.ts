import { ParallaxError } from '../../core/errors.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { buildReport, type Report } from '../../scoring/metrics/report.ts'
import { truthSchemaForResults, truthSchemaOf, type TruthFormat } from '../../datasets/formats.ts'
import type { Truth } from '../../scoring/metrics/truth.ts'
import { readResults } from './read-results.ts'
import { nameOf, readTruths } from './read-truths.ts'

export interface ScoreOptions {
  /** How the truths are written; by default in the shape of the results' type. */
  readonly truthFormat?: TruthFormat | undefined
  /** Truths without a result count as failed documents; by default only the documents of the results are scored. */
  readonly all?: boolean
}

export type ResultsReport = Report & {
  /** Results left out because no truth was found for them. */
  readonly rowsWithoutTruth: number
}

/** Results with their truths, each truth once. */
export interface Pairs {
  readonly paired: readonly { readonly result: ExtractionResult; readonly truth: Truth }[]
  /** Truths for which there is no result. */
  readonly unanswered: readonly Truth[]
  readonly rowsWithoutTruth: number
}

/**
 * Pairs results (JSONL) with a folder of truths: DIR/truth/NAME.json, DIR/NAME/truth.json or DIR/NAME.json, where NAME
 * is the result's file without its ending or, failing that, the folder the file is in, with `#2` for the second document of a file. There is at least one pair. Rejects
 * with E_NOT_FOUND or E_BAD_REQUEST.
 */
export async function readPairs(resultsFile: string, truthDir: string, format?: TruthFormat): Promise<Pairs> {
  const read = await readResults(resultsFile)
  const schema = format ? truthSchemaOf(format) : truthSchemaForResults(read)
  const truths = await readTruths(truthDir, schema)
  const rows = read.map((result) => ({ result, name: nameOf(result, truths) }))
  const paired = rows.flatMap(({ result, name }) =>
    pairOf(result, name === null ? undefined : truths.get(name)),
  )
  if (paired.length === 0) throw noPairs(resultsFile, truthDir)
  refuseTwice(rows)
  const answered = new Set(rows.map(({ name }) => name))
  return {
    paired,
    unanswered: [...truths].filter(([name]) => !answered.has(name)).map(([, truth]) => truth),
    rowsWithoutTruth: rows.length - paired.length,
  }
}

/** Scores results against the truths of a folder; finds them, and rejects, as `readPairs`. */
export async function scoreResults(
  resultsFile: string,
  truthDir: string,
  { all = false, truthFormat }: ScoreOptions = {},
): Promise<ResultsReport> {
  const { paired, unanswered, rowsWithoutTruth } = await readPairs(resultsFile, truthDir, truthFormat)
  const missing = all ? unanswered.map((truth) => ({ result: null, truth })) : []
  return { ...buildReport([...paired, ...missing]), rowsWithoutTruth }
}

/** Two results for one truth would count it twice. */
function refuseTwice(
  rows: readonly { readonly result: ExtractionResult; readonly name: string | null }[],
): void {
  const seen = new Map<string, string>()
  for (const { result, name } of rows) {
    if (name === null) continue
    const other = seen.get(name)
    if (other !== undefined) {
      throw new ParallaxError(
        'E_BAD_REQUEST',
        `${other} and ${result.file} both have the truth "${name}": score them apart.`,
      )
    }
    seen.set(name, result.file)
  }
}

const pairOf = (result: ExtractionResult, truth: Truth | undefined): Pairs['paired'] =>
  truth ? [{ result, truth }] : []

const noPairs = (resultsFile: string, truthDir: string): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `None of the rows in ${resultsFile} has a truth in ${truthDir}. A truth is named like its document: invoice-7.json for invoice-7.pdf.`,
  )
