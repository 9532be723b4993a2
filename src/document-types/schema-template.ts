import type { Template } from '../core/document-type.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { toPointer } from '../core/pointer.ts'
import { anchor } from '../templating/anchor.ts'
import { currency } from '../templating/currency.ts'
import { entity } from '../templating/entity.ts'
import { firstOf } from '../templating/first-of.ts'
import * as parsers from '../templating/parsers.ts'
import { records } from '../templating/records.ts'
import type { FieldRule, RecordsRule, TemplateRule } from '../templating/rule.ts'
import { table } from '../templating/table.ts'
import { template } from '../templating/template.ts'
import { plainNode, type SchemaNode } from './schema-node.ts'

/** Names of properties that mean what the tagger labels on every receipt or invoice. */
const wellKnown: readonly (readonly [name: RegExp, label: string])[] = [
  [/^(merchant|vendor|company|store|shop|seller|supplier)(name)?$/, 'MERCHANT_NAME'],
  [/^(address|(merchant|vendor|company|store|shop|seller|supplier)address)$/, 'ADDRESS'],
  [/^(phone|telephone|tel|phonenumber)$/, 'PHONE'],
  [/^(date|(invoice|receipt|purchase|transaction|issue)date)$/, 'DATE'],
  [/^(time|(purchase|transaction)time)$/, 'TIME'],
  [/^(sub_?total|net(total|amount))$/, 'SUBTOTAL'],
  [/^(tax|vat|gst|tax(total|amount)|totaltax)$/, 'TAX'],
  [/^(tip|gratuity)$/, 'TIP'],
  [/^(total|grandtotal|total(amount|due|price)|amountdue|amount)$/, 'TOTAL'],
]
const wellKnownColumns: typeof wellKnown = [
  [/^(description|name|item|product|article|title)$/, 'ITEM_DESCRIPTION'],
  [/^(quantity|qty|count|units)$/, 'ITEM_QUANTITY'],
  [/^(unitprice|price|rate|unitcost)$/, 'ITEM_UNIT_PRICE'],
  [/^(amount|total|linetotal|totalprice|sum|value)$/, 'ITEM_AMOUNT'],
]

const labelFor = (name: string, known: typeof wellKnown): string | undefined =>
  known.find(([pattern]) => pattern.test(name.replace(/[_\s-]/g, '').toLowerCase()))?.[1]

/** `invoiceNumber`, `invoice_number` → "invoice number", and what forms print for number. */
function wordings(name: string, { title }: SchemaNode): readonly string[] {
  const spoken = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
  const short = spoken.replace(/\bnumber\b/, 'no').replace(/\bid\b/, 'no')
  return [...new Set([title ?? spoken, spoken, short])]
}

function parserFor(node: SchemaNode): parsers.ValueParser {
  const types = [node.type ?? []].flat()
  if (node.format === 'date') return parsers.date
  if (node.format === 'time') return parsers.time
  if (types.includes('integer')) return parsers.integer
  if (types.includes('number'))
    return (text, locale) => parsers.money(text, locale) ?? parsers.number(text, locale)
  if (types.includes('boolean')) return parsers.boolean
  return parsers.text
}

function fieldRuleFor(name: string, node: SchemaNode): FieldRule {
  const parse = parserFor(node)
  const [label, ...others] = wordings(name, node)
  const printed = anchor(label!, { as: parse, or: others })
  if (/^currency(code)?$/i.test(name)) return currency()
  const known = labelFor(name, wellKnown)
  return known ? firstOf(entity(known, { as: known === 'DATE' ? parsers.date : parse }), printed) : printed
}

function recordsRuleFor(properties: Readonly<Record<string, SchemaNode>>): RecordsRule {
  const columns = Object.entries(properties)
  const printed = table(
    Object.fromEntries(
      columns.map(([key, node]) => [key, { headings: wordings(key, node), as: parserFor(node) }]),
    ),
  )
  const known = columns.flatMap(([key, node]) => {
    const label = labelFor(key, wellKnownColumns)
    return label ? [[key, { label, as: parserFor(node) }] as const] : []
  })
  const tagged = records(Object.fromEntries(known))
  return {
    kind: 'records',
    find: (context) => {
      const rows = printed.find(context)
      return rows.length > 0 ? rows : tagged.find(context)
    },
  }
}

function rulesFor(node: SchemaNode, root: SchemaNode, base: string): [JsonPointer, TemplateRule][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]): [JsonPointer, TemplateRule][] => {
    const pointer = `${base}${toPointer([name])}` as JsonPointer
    const target = plainNode(child, root)
    if (target.properties) return rulesFor(target, root, pointer)
    const record = target.items ? plainNode(target.items, root).properties : undefined
    if (record) return [[pointer, recordsRuleFor(resolveAll(record, root))]]
    return target.items ? [] : [[pointer, fieldRuleFor(name, target)]]
  })
}

const resolveAll = (properties: Readonly<Record<string, SchemaNode>>, root: SchemaNode) =>
  Object.fromEntries(Object.entries(properties).map(([key, node]) => [key, plainNode(node, root)]))

/**
 * A template for a schema that comes without one: each property is looked for by its title or name as a printed label,
 * and by the tagger's label where the name is a well-known one; lists of objects are read as tables.
 */
export function templateFromSchema(schema: object): Template {
  return template(Object.fromEntries(rulesFor(schema, schema, '')))
}
