import { Readable } from 'node:stream'
import { writeXlsxStream } from 'hucre/xlsx'
import type { SafeCell } from '../results/table.ts'

export interface Sheet {
  readonly name: string
  readonly header: readonly SafeCell[]
  /** For each column whether its texts are days. */
  readonly days: readonly boolean[]
  readonly rows: AsyncIterable<readonly SafeCell[]>
}

/** Characters of a cell at most: with more, spreadsheets call the file damaged. */
const longest = 32_767

/** What XML cannot hold. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu

const written = (text: string): string => text.replace(unwritable, '\ufffd').slice(0, longest)

/** A day as spreadsheets count it; a text where it is none. */
function dayOf(text: string): Date | string {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) ? day : text
}

function cellOf(cell: SafeCell, isDay: boolean): string | number | Date | null {
  if (cell === '' || typeof cell === 'number') return cell === '' ? null : cell
  const text = written(cell)
  return isDay ? dayOf(text) : text
}

async function* cells({ rows, days }: Sheet) {
  for await (const row of rows) yield row.map((cell, i) => cellOf(cell, days[i] ?? false))
}

const day = { numFmt: 'yyyy-mm-dd' }

/** A workbook of one sheet, row by row as they come. */
export function xlsxStream(sheet: Sheet): Readable {
  const columns = sheet.header.map((name, i) => ({
    header: written(String(name)),
    ...(sheet.days[i] && day),
  }))
  const stream = writeXlsxStream(cells(sheet), { name: sheet.name, columns, freezePane: { rows: 1 } })
  return Readable.fromWeb(stream)
}
