import type { OcrPage } from '../core/document.ts'
import { toPointer } from '../core/pointer.ts'
import type { JsonPointer } from '../core/extraction.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { parserOf, type Kind } from '../templating/captions/kinds.ts'
import { tablesOn, type DrawnColumn, type DrawnTable } from '../templating/captions/headings.ts'
import { conceptsOf, type Concept } from '../templating/captions/lexicon.ts'
import { pairsOn, type Pair } from '../templating/captions/pairs.ts'
import { showsMoney } from '../templating/captions/readings.ts'
import { textOf } from '../templating/captions/sheet.ts'
import { spell } from '../templating/captions/spelling.ts'
import { contextOf } from '../templating/template.ts'
import type { Locale } from '../values/locale.ts'

/** A property that a page seems to have, and what it prints there. */
export interface DraftedProperty {
  readonly pointer: JsonPointer
  readonly caption: string
  readonly text: string
}

export interface DraftedSchema {
  readonly schema: SchemaNode
  readonly properties: readonly DraftedProperty[]
}

/** More properties than these are the rows of a table that has no headings. */
const mostProperties = 60

const words = (text: string): readonly string[] => text.normalize('NFKD').match(/[\p{L}\p{N}]+/gu) ?? []

/** A caption as the name of a property: "Date of order" is `dateOfOrder`. */
const nameOf = (caption: string): string =>
  words(caption.replace(/\p{M}/gu, ''))
    .map((word, i) => {
      const lower = word.toLowerCase()
      return i === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1)
    })
    .join('')

/** What a caption certainly means on business documents; null where nothing, or one of several things. */
function conceptOf(spelled: string): Concept | null {
  const concepts = [...conceptsOf(spelled)]
  return concepts.length === 1 ? concepts[0]! : null
}

/** Forms of values, the narrowest first. */
const forms = ['iban', 'email', 'date', 'time'] as const

function kindOf(text: string, locale: Locale): Kind {
  const isAll = (kind: Kind): boolean => {
    const read = parserOf[kind](text, locale)
    return read !== null && text.replace(/\s/g, '').length <= read.text.replace(/\s/g, '').length + 2
  }
  const form = forms.find(isAll)
  if (form) return form
  const isAmount = showsMoney([{ text, box: [0, 0, 0, 0], confidence: 1 }]) && parserOf.amount(text, locale)
  return isAmount ? 'amount' : 'text'
}

const typed: Readonly<Partial<Record<Kind, SchemaNode>>> = {
  amount: { type: ['number', 'null'] },
  number: { type: ['number', 'null'] },
  date: { type: ['string', 'null'], format: 'date' },
  time: { type: ['string', 'null'], format: 'time' },
  email: { type: ['string', 'null'], format: 'email' },
  iban: { type: ['string', 'null'], format: 'iban' },
}

const nodeOf = (kind: Kind, title: string): SchemaNode => ({
  title,
  ...(typed[kind] ?? { type: ['string', 'null'] }),
})

/** A name that no other property has, as short as that can be. */
function free(name: string, taken: ReadonlySet<string>): string {
  let unique = name
  for (let n = 2; taken.has(unique); n++) unique = `${name}${n}`
  return unique
}

interface Named {
  readonly key: string
  readonly node: SchemaNode
  readonly pair: Pair
}

function named(pairs: readonly Pair[], locale: Locale): readonly Named[] {
  const taken = new Set<string>()
  return pairs.flatMap((pair): readonly Named[] => {
    const name = conceptOf(pair.spelled) ?? nameOf(pair.caption)
    if (name === '' || taken.size >= mostProperties) return []
    const key = free(name, taken)
    taken.add(key)
    return [{ key, node: nodeOf(kindOf(textOf(pair.words), locale), pair.caption), pair }]
  })
}

/** Each caption once; none that stands within a table. */
const once = (pairs: readonly Pair[], tables: readonly DrawnTable[]): readonly Pair[] => {
  const isWithin = ({ page, row }: Pair): boolean =>
    tables.some((table) => table.page === page && row >= table.rows[0] && row < table.rows[1])
  const own = pairs.filter((pair) => !isWithin(pair))
  return own.filter((pair, i) => own.findIndex(({ spelled }) => spelled === pair.spelled) === i)
}

function columnNode({ heading, texts }: DrawnColumn, locale: Locale): SchemaNode {
  const concept = conceptOf(spell(heading))
  const isNumber = concept === 'quantity' || concept === 'taxRate'
  const kinds = texts.map((text) => kindOf(text, locale))
  const isEach = (kind: Kind): boolean => kinds.length > 0 && kinds.every((one) => one === kind)
  const kind = isNumber ? 'number' : (['amount', 'date'] as const).find(isEach)
  return nodeOf(kind ?? 'text', heading)
}

/** The same headings on the next page are the same table. */
const distinct = (tables: readonly DrawnTable[]): readonly DrawnTable[] => {
  const headed = ({ columns }: DrawnTable): string => columns.map(({ heading }) => spell(heading)).join(' ')
  return tables.filter((table, i) => tables.findIndex((other) => headed(other) === headed(table)) === i)
}

function listNode({ columns }: DrawnTable, locale: Locale): SchemaNode {
  const taken = new Set<string>()
  const entries = columns.flatMap((column): readonly (readonly [string, SchemaNode])[] => {
    const name = conceptOf(spell(column.heading)) ?? nameOf(column.heading)
    if (name === '') return []
    const key = free(name, taken)
    taken.add(key)
    return [[key, columnNode(column, locale)]]
  })
  return { type: 'array', items: { type: 'object', properties: Object.fromEntries(entries) } }
}

/**
 * A JSON Schema for documents like these pages: a property for every caption with a value, and a list for every table below
 * headings. Captions are titles; what business documents usually have is called as Parallax calls it. Nothing is required.
 */
export function draftSchema(pages: readonly OcrPage[], title: string): DraftedSchema {
  const { locale } = contextOf({ pages, entities: [] })
  const tables = distinct(tablesOn(pages))
  const fields = named(once(pairsOn(pages), tablesOn(pages)), locale)
  const taken = new Set(fields.map(({ key }) => key))
  const lists = tables.map((table, i) => [free(i === 0 ? 'lines' : 'table', taken), table] as const)
  const nodes = [
    ...fields.map(({ key, node }) => [key, node] as const),
    ...lists.map(([key, table]) => [key, listNode(table, locale)] as const),
  ]
  return {
    schema: { title, type: 'object', properties: Object.fromEntries(nodes) },
    properties: [
      ...fields.map(({ key, pair }) => ({
        pointer: toPointer([key]),
        caption: pair.caption,
        text: textOf(pair.words),
      })),
      ...lists.map(([key, { columns }]) => ({
        pointer: toPointer([key]),
        caption: columns.map(({ heading }) => heading).join(' | '),
        text: columns.map(({ texts }) => texts[0] ?? '').join(' | '),
      })),
    ],
  }
}
