import type { ReadRegion } from '../../contract/review.ts'
import type { Page } from '../../core/document.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { patternOf } from '../../core/field-spec.ts'
import { currentType } from '../../document-types/load.ts'
import { schemaFields } from '../../document-types/schema-fields.ts'
import { readRegion } from '../../extractors/region.ts'
import { defaultLimits } from '../../imaging/limits.ts'
import { openPages } from '../../imaging/open.ts'
import { makePage } from '../../imaging/page.ts'
import type { ValueParser } from '../../templating/parsers.ts'
import { valueParsers } from '../../templating/vendor/vendor-template.ts'
import { detectLocale } from '../../values/locale.ts'
import type { ChildEngines } from '../reading/read-in-child.ts'
import type { RegionRequest } from './read-region.ts'

async function pageOf(bytes: Uint8Array, number: number): Promise<Page> {
  const source = await openPages(bytes, defaultLimits)
  try {
    if (number <= source.count) return await makePage(number, await source.render(number - 1))
    throw new ParallaxError('E_BAD_REQUEST', `The document has no page ${number}.`)
  } finally {
    source.close()
  }
}

/** How values of a field are parsed; E_BAD_REQUEST for a field that the type does not have. */
function parserOf(jsonSchema: object, name: string, field: JsonPointer): ValueParser {
  const pattern = patternOf(field)
  const [, list, column] = /^(.*)\/\*\/([^*]+)$/.exec(pattern) ?? []
  const fields = schemaFields(jsonSchema)
  const found = fields.get((list ?? pattern) as JsonPointer)
  if (found?.kind === 'field' && list === undefined) return valueParsers[found.as]
  const parser = found?.kind === 'records' && column !== undefined ? found.columns[column] : undefined
  if (parser !== undefined) return valueParsers[parser]
  throw new ParallaxError('E_BAD_REQUEST', `The type "${name}" has no value ${field}.`)
}

/** What stands in a place of a document, and what value of the field it makes. */
export async function regionInChild(request: RegionRequest, engines: ChildEngines): Promise<ReadRegion> {
  const { bytes, page, box, field, currency } = request
  const { jsonSchema, type } = await currentType(request.type)
  const parse = field === null ? null : parserOf(jsonSchema, type.name, field)
  const ocr = await engines.ocr(request.ocr)
  const text = (await readRegion(await pageOf(bytes, page), box, ocr)).join('\n')
  const seen = detectLocale(text)
  const locale = { ...seen, currency: currency ?? seen.currency }
  return { text, value: parse?.(text, locale)?.value ?? null }
}
