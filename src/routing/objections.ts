import type { Flag } from '../core/extraction-result.ts'
import type { Consensus } from '../core/judging.ts'
import { label } from '../core/pointer.ts'

/** Of all that keeps a document from being accepted, so much is named. */
const named = 2

/**
 * What keeps a document from being accepted, in short: what is about the whole, then the least certain fields.
 * @example 'SEVERAL_DOCUMENTS, merchant name (PATHS_DIFFER) and 2 more'
 */
export function objectionsInWords({ objections, fields }: Consensus): string {
  const certainty = ({ field }: Flag): number => (field === null ? -1 : (fields[field]?.confidence ?? 0))
  const codes = new Map<Flag['field'], string[]>()
  for (const { field, code } of [...objections].sort((a, b) => certainty(a) - certainty(b))) {
    const known = codes.get(field) ?? []
    if (!known.includes(code)) codes.set(field, [...known, code])
  }
  const words = [...codes].flatMap(([field, own]) =>
    field === null ? own : `${label(field)} (${own.join(', ')})`,
  )
  const more = words.length - named
  return `${words.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
