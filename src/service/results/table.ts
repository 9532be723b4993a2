import { getPointer, pointerKeys, toPointer } from '../../core/pointer.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { SchemaNode } from '../../core/schema-node.ts'
import { plainNode } from '../../document-types/plain-node.ts'

export const linesPer = ['document', 'item'] as const
/** What a line of a table is for. */
export type LinesPer = (typeof linesPer)[number]

/** What a table may say of a document beside its values, by the name of its column. */
export type Facts = Readonly<Record<string, unknown>>

/** A column that somebody has asked for. */
export interface AskedColumn {
  readonly name: string
  /** A JSON Pointer, with `*` in the place of an item's number, or the name of a fact such as `file`. */
  readonly from: string
}

/** A cell that no spreadsheet takes for a formula; empty for nothing. */
export type SafeCell = string | number

/** The lines of documents of one type. */
export interface Table {
  readonly header: readonly SafeCell[]
  /** For each column whether it holds days, as YYYY-MM-DD. */
  readonly days: readonly boolean[]
  rows(result: ExtractionResult, facts?: Facts): readonly (readonly SafeCell[])[]
}

interface Column {
  readonly name: string
  readonly isDay: boolean
  valueOf(facts: Facts, data: unknown, item: unknown): unknown
}

/** The parts of a type that are one value each. */
const leaves = (node: SchemaNode, root: SchemaNode, base = ''): readonly string[] =>
  Object.entries(plainNode(node, root).properties ?? {}).flatMap(([key, child]) => {
    const pointer = `${base}${toPointer([key])}`
    const { properties, items } = plainNode(child, root)
    if (properties) return leaves(child, root, pointer)
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

const within = (node: SchemaNode | undefined, key: string, root: SchemaNode): SchemaNode | undefined =>
  node && plainNode(node, root).properties?.[key]

/** Whether a value of a type is a day. */
function isDay(node: SchemaNode, root: SchemaNode, pointer: string): boolean {
  const found = pointerKeys(pointer).reduce<SchemaNode | undefined>((at, key) => within(at, key, root), node)
  return found !== undefined && plainNode(found, root).format === 'date'
}

/**
 * Where spreadsheets would begin a formula: at the start of a cell or of a line in it, behind anything invisible; and behind
 * what separates cells for those that do not take commas, where a quote is passed over.
 */
const formula =
  /^(?=\s*[\t\r\n])|(?<=^|[\r\n])(?=[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])|(?<=[;\t])(?=["\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])/gu

/** A cell that no spreadsheet takes for a formula; numbers stay numbers. */
export function safeCell(value: unknown): SafeCell {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replace(formula, "'")
}

const heading = (pointer: string): string => pointerKeys(pointer).join('.')

const factsOf = ({ file, verdict, error, flags }: ExtractionResult): Facts => ({
  file,
  verdict,
  error: error?.code,
  flags: [...new Set(flags.map(({ code }) => code))].join(' '),
})
const told = ['file', 'verdict', 'error', 'flags']

/** A fact by its name, or what stands within it, as `metadata/cost centre`. */
function fact(name: string, from = name): Column {
  const [first = '', ...rest] = from.split('/')
  const within = rest.length === 0 ? null : `/${rest.join('/')}`
  return {
    name,
    isDay: false,
    valueOf(facts) {
      const found = Object.hasOwn(facts, first) ? facts[first] : null
      return within === null ? found : getPointer(found, within)
    },
  }
}

interface Shape {
  readonly columns: readonly Column[]
  /** Of the list that has a line for each item; null where a line is for a document. */
  readonly list: string | null
}

/** Every value of a type, behind what is told of its document. */
function wholeShape(root: SchemaNode, per: LinesPer, more: readonly string[]): Shape {
  const list = per === 'item' ? itemList(root, root) : null
  const fields = leaves(root, root).map((pointer): Column => ({
    name: heading(pointer),
    isDay: isDay(root, root, pointer),
    valueOf: (_, data) => getPointer(data, pointer),
  }))
  const parts = (list ? leaves(list.item, root) : []).map((pointer): Column => ({
    name: `${heading(list!.pointer)}.${heading(pointer)}`,
    isDay: isDay(list!.item, root, pointer),
    valueOf: (_facts, _data, item) => getPointer(item, pointer),
  }))
  const facts = [...told, ...more].map((name) => fact(name))
  return { columns: [...facts, ...fields, ...parts], list: list?.pointer ?? null }
}

const star = '/*'

/** The list of a pointer like `/items/*\/amount`, and the way within an item. */
export function splitAtItem(from: string): { readonly list: string; readonly part: string } | null {
  const at = `${from}/`.indexOf(`${star}/`)
  return at < 1 || !from.startsWith('/')
    ? null
    : { list: from.slice(0, at), part: from.slice(at + star.length) }
}

const itemOf = (root: SchemaNode, list: string): SchemaNode | undefined => {
  const node = pointerKeys(list).reduce<SchemaNode | undefined>((at, key) => within(at, key, root), root)
  return node && plainNode(node, root).items
}

function askedColumn(root: SchemaNode, { name, from }: AskedColumn): Column {
  if (!from.startsWith('/')) return fact(name, from)
  const split = splitAtItem(from)
  if (!split)
    return {
      name,
      isDay: isDay(root, root, from),
      valueOf: (_, data) => getPointer(data, from),
    }
  const { list, part } = split
  const item = itemOf(root, list)
  return {
    name,
    isDay: item !== undefined && part !== '' && isDay(item, root, part),
    valueOf: (_facts, _data, one) => (part === '' ? one : getPointer(one, part)),
  }
}

const askedShape = (root: SchemaNode, asked: readonly AskedColumn[]): Shape => ({
  columns: asked.map((column) => askedColumn(root, column)),
  list: asked.map(({ from }) => splitAtItem(from)?.list).find((list) => list !== undefined) ?? null,
})

interface TableOptions {
  /** Further facts that have a column of their own. */
  readonly more?: readonly string[]
  /** Columns in the place of all others; a line is for an item where one of them is of an item. */
  readonly asked?: readonly AskedColumn[] | null
}

/** The table of a type's documents, from its JSON Schema. */
export function tableOf(
  jsonSchema: object,
  per: LinesPer,
  { more = [], asked = null }: TableOptions = {},
): Table {
  const { columns, list } = asked ? askedShape(jsonSchema, asked) : wholeShape(jsonSchema, per, more)
  return {
    header: columns.map(({ name }) => safeCell(name)),
    days: columns.map((column) => column.isDay),
    rows(result, facts = {}) {
      const all = { ...factsOf(result), ...facts }
      const found = list === null ? null : getPointer(result.data, list)
      const items: readonly unknown[] = Array.isArray(found) && found.length > 0 ? found : [null]
      return items.map((item) => columns.map(({ valueOf }) => safeCell(valueOf(all, result.data, item))))
    },
  }
}
