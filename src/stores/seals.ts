import { createHash } from 'node:crypto'
import type { LedgerTables } from './ledger-tables.ts'

/** The columns of each table that say something; the others come and go (tokens, holds) or order what waits. */
const sealed = {
  batches: ['id', 'tenant', 'callback', 'request', 'created_at'],
  works: [
    'key',
    'blob',
    'type_name',
    'type_file',
    'type_hash',
    'route',
    'ocr',
    'vlm',
    'pipeline',
    'templates',
  ],
  results: ['key', 'status', 'error', 'urgency', 'result', 'created_at'],
  jobs: [
    'id',
    'batch_id',
    'tenant',
    'opened_at',
    'position',
    'file',
    'key',
    'status',
    'error',
    'urgency',
    'reviewed_by',
    'created_at',
  ],
  corrections: ['job_id', 'sequence', 'key', 'field', 'before', 'after', 'corrected_by', 'corrected_at'],
  decisions: ['job_id', 'sequence', 'key', 'kind', 'rejection', 'decided_by', 'decided_at'],
  keys: ['id', 'tenant', 'name', 'role', 'hash', 'created_at', 'revoked_at'],
} as const satisfies { readonly [T in keyof LedgerTables]?: readonly (keyof LedgerTables[T])[] }

/** Columns that came later: told where they hold something, so that what was sealed before them stays sound. */
const sealedLater = {
  works: ['type_told'],
  jobs: ['rejection'],
  batches: ['name', 'reference', 'metadata'],
} as const satisfies { readonly [T in SealedTable]?: readonly (keyof LedgerTables[T])[] }

export type SealedTable = keyof typeof sealed

/** What has to be known of a row to seal it. */
export type Sealable<T extends SealedTable> = Pick<
  LedgerTables[T],
  Extract<(typeof sealed)[T][number], keyof LedgerTables[T]>
>

/** With its kind and length, so that no two lists of cells are the same text. */
export function told(cell: unknown): string {
  if (cell === null) return 'null '
  const text = String(cell)
  return `${typeof cell} ${Buffer.byteLength(text)} ${text}`
}

const digestOf = (cells: readonly unknown[]): string =>
  createHash('sha256').update(cells.map(told).join('')).digest('hex')

const cellsOf = (table: SealedTable, row: object): readonly unknown[] => {
  const cell = (column: string): unknown => (row as Readonly<Record<string, unknown>>)[column] ?? null
  const later: readonly string[] = table in sealedLater ? sealedLater[table as keyof typeof sealedLater] : []
  const filled = later.filter((column) => cell(column) !== null)
  return [...sealed[table].map(cell), ...filled.flatMap((column) => [column, cell(column)])]
}

/** SHA-256 over what a row says, by which a torn or edited one is known. */
export const sealOf = <T extends SealedTable>(table: T, row: Sealable<T>): string =>
  digestOf([table, ...cellsOf(table, row)])

/** The same for what was read of a work before it is reprocessed. */
export const sealOfAttempts = (key: string, attempts: string | null): string | null =>
  attempts === null ? null : digestOf(['attempts', key, attempts])

/** A row as it is written. */
export const withSeal = <T extends SealedTable, R extends Sealable<T>>(
  table: T,
  row: R,
): R & { seal: string } => ({
  ...row,
  seal: sealOf(table, row),
})

/** Whether a row says what was written. */
export const isSound = <T extends SealedTable>(
  table: T,
  row: Sealable<T> & { readonly seal: string },
): boolean => row.seal === sealOf(table, row)
