import type { Reading, Template } from '../../core/document-type.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { RecordsRule, TemplateRule } from '../rule.ts'
import { template, type RuleTemplate, type TemplateRules } from '../template.ts'
import { chooseTemplate } from './match.ts'
import { firstFound } from './rules.ts'
import { revisionOf, type VendorTemplate } from './vendor-template.ts'

/** A vendor's template, ready to be used before a type's own. */
export interface VendorRules {
  readonly template: VendorTemplate
  readonly rules: TemplateRules
}

type FoundRecord = ReturnType<RecordsRule['find']>[number]

const valueIn = (record: FoundRecord, key: string) => record[key]?.[0]?.value

/** Two readings of one line agree on a value at least. */
const isSame = (own: FoundRecord, other: FoundRecord): boolean =>
  Object.keys(own).some((key) => valueIn(own, key) !== undefined && valueIn(own, key) === valueIn(other, key))

function completed(own: FoundRecord, other: FoundRecord | undefined): FoundRecord {
  if (!other || !isSame(own, other)) return own
  const cells = Object.entries(own).map(
    ([key, cell]) => [key, cell.length > 0 ? cell : (other[key] ?? [])] as const,
  )
  return Object.fromEntries(cells)
}

/** The first rule's records, their empty cells filled where the second sees the same lines; else the second's. */
function recordsBefore(own: RecordsRule, other: RecordsRule): RecordsRule {
  return {
    kind: 'records',
    find: (context) => {
      const [records, others] = [own.find(context), other.find(context)]
      if (records.length === 0) return others
      return records.length === others.length ? records.map((r, i) => completed(r, others[i])) : records
    },
  }
}

function before(own: TemplateRule, other: TemplateRule | undefined): TemplateRule {
  if (own.kind === 'field' && other?.kind === 'field') return firstFound([own, other])
  if (own.kind === 'records' && other?.kind === 'records') return recordsBefore(own, other)
  return own
}

/** A type's template with other rules before its own: where those find nothing, its own do. Its repairs stay. */
function withRules(base: RuleTemplate, rules: TemplateRules): RuleTemplate {
  const entries = Object.entries(rules) as [JsonPointer, TemplateRule][]
  const overlaid = entries.map(([pointer, rule]) => [pointer, before(rule, base.rules[pointer])] as const)
  return template({ ...base.rules, ...Object.fromEntries(overlaid) }, ...base.repairs)
}

/** How a vendor's template stands among what made a result. */
const producerOf = ({ template }: VendorRules): Readonly<Record<string, string>> => ({
  [`template:${template.name}`]: revisionOf(template),
})

/** A type's template that lets the template of a document's vendor go first. */
export function withVendors(base: RuleTemplate, vendors: readonly VendorRules[]): Template {
  const byTemplate = new Map(vendors.map((vendor) => [vendor.template, vendor]))
  const { labels, sums, confirms } = base
  return {
    ...(labels && { labels }),
    ...(sums && { sums }),
    ...(confirms && { confirms }),
    fill(reading: Reading) {
      const chosen = chooseTemplate(reading.pages, [...byTemplate.keys()])
      const vendor = chosen && byTemplate.get(chosen)
      if (!vendor) return base.fill(reading)
      return { ...withRules(base, vendor.rules).fill(reading), producedBy: producerOf(vendor) }
    },
  }
}
