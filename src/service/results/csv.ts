import { stringify } from 'csv-stringify/sync'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { tableOf, type LinesPer, type SafeCell } from './table.ts'

/** Text is quoted whatever it is, so that no separator in it ends its cell. */
const style = { quoted_string: true, quoted_empty: false }

/** Rows of cells as lines of CSV. */
export const csvLines = (rows: readonly (readonly SafeCell[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    style,
  )

/** Rows as CSV lines of a document type; the first line names the columns. */
export interface CsvFormat {
  readonly header: string
  lines(result: ExtractionResult): string
}

export function csvFormat(jsonSchema: object, per: LinesPer): CsvFormat {
  const { header, rows } = tableOf(jsonSchema, per)
  return { header: csvLines([header]), lines: (result) => csvLines(rows(result)) }
}
