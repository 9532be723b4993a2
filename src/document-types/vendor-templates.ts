import type { DocumentType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer } from '../core/extraction.ts'
import type { ValueParser } from '../templating/parsers.ts'
import type { RecordsRule, TemplateRule } from '../templating/rule.ts'
import type { RuleTemplate } from '../templating/template.ts'
import { kindOf, type ListField, type SchemaField } from '../templating/vendor/fields.ts'
import { withVendors, type VendorRules } from '../templating/vendor/overlay.ts'
import { fieldRuleOf, firstFound, firstRecords, tableRuleOf } from '../templating/vendor/rules.ts'
import {
  valueParsers,
  type ParserName,
  type VendorTemplate,
  type Way,
} from '../templating/vendor/vendor-template.ts'
import type { LoadedType } from './load.ts'
import { schemaFields } from './schema-fields.ts'

const refuse = ({ name, type }: VendorTemplate, why: string): never => {
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `The vendor template ${name} does not fit the type "${type}": ${why}.`,
  )
}

const list = (names: Iterable<string>): string => [...names].join(', ')

/** A field read as another kind would be refused by the schema on every document. */
function checkKind(
  template: VendorTemplate,
  pointer: string,
  field: ParserName,
  as: ParserName | undefined,
): void {
  if (as !== undefined && kindOf(as) !== kindOf(field))
    refuse(template, `${pointer} is ${kindOf(field)}, and "${as}" makes ${kindOf(as)}`)
}

function tableRule(template: VendorTemplate, pointer: string, way: Way, { columns }: ListField): RecordsRule {
  const { table } = way
  if (!table) return refuse(template, `${pointer} is a list, which only a table can find`)
  const wrong = Object.keys(table.columns).find((key) => !Object.hasOwn(columns, key))
  if (wrong !== undefined)
    refuse(template, `${pointer} has no column "${wrong}"; its columns are ${list(Object.keys(columns))}`)
  for (const [key, { as }] of Object.entries(table.columns)) {
    checkKind(template, `${pointer}/${key}`, columns[key]!, as)
  }
  const usual = Object.entries(columns).map(([key, as]): [string, ValueParser] => [key, valueParsers[as]])
  return tableRuleOf(table, Object.fromEntries(usual))
}

function ruleFor(
  template: VendorTemplate,
  pointer: string,
  ways: readonly Way[],
  field: SchemaField,
): TemplateRule {
  if (field.kind === 'records') {
    const rules = ways.map((way) => tableRule(template, pointer, way, field))
    return firstRecords(rules)
  }
  if (ways.some(({ table }) => table)) refuse(template, `${pointer} is one value, and a table finds lists`)
  for (const { as, text } of ways) checkKind(template, pointer, field.as, text === undefined ? as : 'text')
  return firstFound(ways.map((way) => fieldRuleOf(way, valueParsers[field.as])))
}

/** A template held against the type it is for; E_BAD_REQUEST names a field that the type does not have. */
export function vendorRules(template: VendorTemplate, jsonSchema: object): VendorRules {
  const fields = schemaFields(jsonSchema)
  const rules = Object.entries(template.fields).map(([pointer, ways]) => {
    const field = fields.get(pointer as JsonPointer)
    if (!field) return refuse(template, `there is no field ${pointer}; there are ${list(fields.keys())}`)
    return [pointer, ruleFor(template, pointer, ways, field)] as const
  })
  return { template, rules: Object.fromEntries(rules) }
}

const isRuleTemplate = (template: object): template is RuleTemplate =>
  'rules' in template && 'repairs' in template

/**
 * A type whose documents are read by the templates of their vendors first. E_BAD_REQUEST for a template that does not
 * fit the type, or a type that fills its fields by a program of its own.
 */
export function withVendorTemplates(
  { type, jsonSchema }: LoadedType,
  templates: readonly VendorTemplate[],
): DocumentType {
  if (templates.length === 0) return type
  const base = type.template
  if (!isRuleTemplate(base))
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The type "${type.name}" does not say by rules where its fields stand, so no vendor template can go before them.`,
    )
  return {
    ...type,
    template: withVendors(
      base,
      templates.map((t) => vendorRules(t, jsonSchema)),
    ),
  }
}
