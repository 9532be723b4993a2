import { stringify } from 'csv-stringify/sync'
import { getPointer, pointerKeys, toPointer } from '../../core/pointer.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { SchemaNode } from '../../core/schema-node.ts'
import { plainNode } from '../../document-types/plain-node.ts'

const columns = (node: SchemaNode, root: SchemaNode, base = ''): readonly string[] =>
  Object.entries(plainNode(node, root).properties ?? {}).flatMap(([key, child]) => {
    const pointer = `${base}${toPointer([key])}`
    const { properties, items } = plainNode(child, root)
    if (properties) return columns(child, root, pointer)
    return items ? [] : [pointer]
  })

interface ItemList {
  readonly pointer: string
  readonly item: SchemaNode
}

/** The first list of objects in a type: what "one line per item" means. */
function itemList(node: SchemaNode, root: SchemaNode, base = ''): ItemList | null {
  for (const [key, child] of Object.entries(plainNode(node, root).properties ?? {})) {
    const pointer = `${base}${toPointer([key])}`
    const { items } = plainNode(child, root)
    if (items && plainNode(items, root).properties) return { pointer, item: items }
    const deeper = itemList(child, root, pointer)
    if (deeper) return deeper
  }
  return null
}

/**
 * Where spreadsheets would begin a formula: at the start of a cell or of a line in it, behind anything invisible; and behind
 * what separates cells for those that do not take commas, where a quote is passed over.
 */
const formula =
  /^(?=\s*[\t\r\n])|(?<=^|[\r\n])(?=[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])|(?<=[;\t])(?=["\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])/gu

/** Text is quoted whatever it is, so that no separator in it ends its cell. */
const style = { quoted_string: true, quoted_empty: false }

/** A cell that no spreadsheet takes for a formula; numbers stay numbers. */
export function safeCell(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replace(formula, "'")
}

const heading = (pointer: string): string => pointerKeys(pointer).join('.')

export type CsvLines = 'document' | 'item'

/** Rows as CSV lines of a document type; the first line names the columns. */
export interface CsvFormat {
  readonly header: string
  /** `values` are those of the further columns. */
  lines(result: ExtractionResult, values?: readonly string[]): string
}

/** With `more`, there are further columns before those of the type. */
export function csvFormat(jsonSchema: object, per: CsvLines, more: readonly string[] = []): CsvFormat {
  const fields = columns(jsonSchema, jsonSchema)
  const list = per === 'item' ? itemList(jsonSchema, jsonSchema) : null
  const itemFields = list ? columns(list.item, jsonSchema) : []
  const prefix = list ? heading(list.pointer) : ''
  const record = (result: ExtractionResult, values: readonly string[], item: unknown): (string | number)[] => [
    ...[result.file, result.verdict, result.error?.code ?? '', [...new Set(result.flags.map((f) => f.code))].join(' ')],
    ...more.map((_, i) => values[i]),
    ...fields.map((pointer) => getPointer(result.data, pointer)),
    ...itemFields.map((pointer) => getPointer(item, pointer)),
  ].map(safeCell) // prettier-ignore
  return {
    header: stringify(
      [
        [
          ...['file', 'verdict', 'error', 'flags', ...more],
          ...fields.map(heading),
          ...itemFields.map((f) => `${prefix}.${heading(f)}`),
        ].map(safeCell),
      ],
      style,
    ),
    lines(result, values = []) {
      const items = list
        ? ((getPointer(result.data, list.pointer) as unknown[] | null | undefined) ?? [])
        : []
      return stringify(
        items.length > 0 ? items.map((item) => record(result, values, item)) : [record(result, values, null)],
        style,
      )
    },
  }
}
