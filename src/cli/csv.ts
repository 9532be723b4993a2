import { stringify } from 'csv-stringify/sync'
import { getPointer } from '../core/pointer.ts'
import type { Row } from '../core/row.ts'

interface SchemaNode {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
}

/** The non-null choice of a nullable node. */
const plain = (node: SchemaNode): SchemaNode => node.anyOf?.find((c) => c.type !== 'null') ?? node

const columns = (node: SchemaNode, base = ''): readonly string[] =>
  Object.entries(plain(node).properties ?? {}).flatMap(([key, child]) => {
    const pointer = `${base}/${key}`
    if (plain(child).properties) return columns(child, pointer)
    return plain(child).items ? [] : [pointer]
  })

/** The first list of objects in a type: what "one line per item" means. */
function itemList(
  node: SchemaNode,
  base = '',
): { readonly pointer: string; readonly item: SchemaNode } | null {
  for (const [key, child] of Object.entries(plain(node).properties ?? {})) {
    const item = plain(child).items
    if (item && plain(item).properties) return { pointer: `${base}/${key}`, item: plain(item) }
    const deeper = itemList(child, `${base}/${key}`)
    if (deeper) return deeper
  }
  return null
}

/** Spreadsheets run cells that start like this as formulas, also after spaces and line breaks. */
const formula = /(^|[\r\n])[\s\u00a0\u200b\ufeff]*[=+\-@\t\r|%]/

/** A cell that no spreadsheet takes for a formula; numbers stay numbers. */
export function safeCell(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return formula.test(text) ? `'${text}` : text
}

const heading = (pointer: string): string => pointer.slice(1).replaceAll('/', '.')

export type CsvLines = 'document' | 'item'

/** Rows as CSV lines of a document type; the first line names the columns. */
export interface CsvFormat {
  readonly header: string
  lines(row: Row): string
}

export function csvFormat(jsonSchema: object, per: CsvLines): CsvFormat {
  const fields = columns(jsonSchema)
  const list = per === 'item' ? itemList(jsonSchema) : null
  const itemFields = list ? columns(list.item) : []
  const prefix = list ? heading(list.pointer) : ''
  const record = (row: Row, item: unknown): (string | number)[] => [
    ...[row.file, row.verdict, row.error?.code ?? '', [...new Set(row.flags.map((f) => f.code))].join(' ')],
    ...fields.map((pointer) => getPointer(row.data, pointer)),
    ...itemFields.map((pointer) => getPointer(item, pointer)),
  ].map(safeCell) // prettier-ignore
  return {
    header: stringify([
      [
        'file',
        'verdict',
        'error',
        'flags',
        ...fields.map(heading),
        ...itemFields.map((f) => `${prefix}.${heading(f)}`),
      ],
    ]),
    lines(row) {
      const items = list ? ((getPointer(row.data, list.pointer) as unknown[] | null | undefined) ?? []) : []
      return stringify(items.length > 0 ? items.map((item) => record(row, item)) : [record(row, null)])
    },
  }
}
