import type { JsonPointer } from '../../core/extraction.ts'
import { toPointer } from '../../core/pointer.ts'
import { reloadType } from '../../document-types/load.ts'
import { vendorRules } from '../../document-types/vendor-templates.ts'
import type { FillContext, Finding, TemplateRule } from '../../templating/rule.ts'
import { contextOf } from '../../templating/template.ts'
import { chooseTemplate, matchOf } from '../../templating/vendor/match.ts'
import { finders, type VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import type { ChildEngines, ReadProgress } from './read-in-child.ts'
import { readText } from './read-text.ts'
import type { Trial, TrialRequest } from './try-templates.ts'

type TriedField = Trial['fields'][number]

const tried = (
  pointer: JsonPointer,
  way: string,
  finding: Finding | undefined,
  found = finding !== undefined,
): TriedField => ({
  found,
  pointer,
  way,
  value: finding?.value ?? null,
  text: finding?.text ?? null,
})

function tryRule(pointer: JsonPointer, way: string, rule: TemplateRule, context: FillContext): TriedField[] {
  if (rule.kind === 'field') return [tried(pointer, way, rule.find(context)[0])]
  const records = rule.find(context)
  if (records.length === 0) return [tried(pointer, way, undefined)]
  return records.flatMap((record, i) =>
    Object.entries(record).map(([key, findings]) =>
      tried(`${pointer}${toPointer([i, key])}` as JsonPointer, way, findings[0], true),
    ),
  )
}

const waysOf = ({ fields }: VendorTemplate, pointer: JsonPointer): string =>
  (fields[pointer] ?? []).map((way) => finders.find((finder) => way[finder] !== undefined)).join(', ')

/** Which template a document gets, and what its rules alone read. */
export async function tryInChild(
  { type: ref, templates, ...request }: TrialRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Trial> {
  const { jsonSchema } = await reloadType(ref)
  const reading = await readText({ ...request, type: ref }, engines, progress)
  const context = contextOf(reading)
  const chosen = chooseTemplate(reading.pages, templates)
  const rules = chosen ? Object.entries(vendorRules(chosen, jsonSchema).rules) : []
  return {
    template: chosen?.name ?? null,
    matches: templates.map((template) => ({
      name: template.name,
      found: matchOf(reading.pages, template).found.length,
      of: template.match.length,
    })),
    fields: rules.flatMap(([key, rule]) => {
      const pointer = key as JsonPointer
      return tryRule(pointer, waysOf(chosen!, pointer), rule, context)
    }),
  }
}
