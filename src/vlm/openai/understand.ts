import { isDeepStrictEqual } from 'node:util'
import type { DocumentType } from '../../core/document-type.ts'
import type { Candidate, Field, Fields, Scalar } from '../../core/extraction.ts'
import { getPointer, toPointer } from '../../core/pointer.ts'
import { confidencesOf } from './confidences.ts'
import { conform, leavesOf } from './conform.ts'
import { renamed, type Named } from './names.ts'
import { parseAnswer, parseConclusion, type Parsed } from './parse.ts'
import type { SchemaNode } from '../../core/schema-node.ts'
import { isObject } from '../../core/schema-shapes.ts'
import type { Span, Written } from './transcript.ts'
import { fitting } from './unwrap.ts'

/** What an answer says, or why nothing can be made of it. */
export type Understood =
  | { readonly candidate: Candidate; readonly text: string; readonly faults: null }
  | { readonly candidate: null; readonly faults: readonly string[] }

const not = (...faults: readonly string[]): Understood => ({ candidate: null, faults })

const mostFaults = 10

const asScalar = (value: unknown): Scalar =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Scalar)

/** Of what was answered: a null that stands for a key left out is no field. */
function fieldsOf(
  data: object,
  schema: SchemaNode,
  { parsed, named }: Found,
  spans: readonly Span[],
): Fields {
  const confidence = confidencesOf(parsed, spans)
  const leaves = leavesOf(data, schema, schema).map(({ path, value }) => ({
    pointer: toPointer(path),
    value,
  }))
  const answered = leaves.filter(({ pointer }) => getPointer(named.value, pointer) !== undefined)
  const entries = answered.map(({ pointer, value }) => {
    const scalar = asScalar(value)
    const text = scalar === null ? null : String(scalar)
    const sureness = confidence(named.origins.get(pointer) ?? pointer, value)
    return [pointer, { value: scalar, text, confidence: sureness, source: null }] as const
  })
  return Object.fromEntries<Field>(entries)
}

/** What the schema refuses and no field can be emptied of; a single value that does not fit is left for later stages. */
function grossFaults({ data, fields }: Candidate, type: DocumentType): readonly string[] {
  const { error } = type.schema.safeParse(data)
  return (error?.issues ?? [])
    .map(({ path, message }) => ({ path, message, pointer: toPointer(path) }))
    .filter(({ path, pointer }) => {
      if (path.length === 0) return true
      return (getPointer(data, pointer) ?? null) !== null && !(pointer in fields)
    })
    .map(({ path, pointer, message }) => `${path.length === 0 ? 'the whole' : pointer}: ${message}`)
}

/** Data in an answer: the JSON that it stands in, and itself under the schema's names. */
interface Found {
  readonly parsed: Parsed
  readonly named: Named
}

const dataIn = (all: readonly Parsed[], schema: SchemaNode): readonly Found[] =>
  all.flatMap((parsed) =>
    fitting(parsed.value, schema).map(({ path, value }) => ({ parsed, named: renamed(value, schema, path) })),
  )

/** Without those that say the same again in JSON of their own; two records in one list stay two, however alike. */
const distinct = (found: readonly Found[]): readonly Found[] =>
  found.filter(
    ({ parsed, named }, i) =>
      !found
        .slice(0, i)
        .some((other) => other.parsed !== parsed && isDeepStrictEqual(other.named.value, named.value)),
  )

function whyNone(all: readonly Parsed[]): string {
  if (all.length === 0) return 'it is no JSON object'
  const hasObject = all.some(({ value }) => isObject(value) || (Array.isArray(value) && value.some(isObject)))
  return hasObject ? 'it has none of the fields that the schema names' : 'it is JSON, but no object'
}

const endlessThought = ({ stopReason }: Written): string =>
  stopReason === 'end'
    ? 'it is a thought without an answer after it'
    : 'the model was still thinking when it was stopped, before it answered'

/** An answer of which the server kept nothing but thoughts apart; those count as it only where they end in data and hold no other. */
function concluded(written: Written): { readonly text: string; readonly all: readonly Parsed[] | null } {
  const text = written.thoughts
  return { text, all: written.stopReason === 'end' ? parseConclusion(text) : null }
}

const said = (written: Written): { readonly text: string; readonly all: readonly Parsed[] | null } =>
  written.text.trim() === '' && written.thoughts.trim() !== ''
    ? concluded(written)
    : { text: written.text, all: parseAnswer(written) }

/**
 * Makes data and fields of an answer. Faults are what makes it useless as a whole: no answer but a thought, no JSON object,
 * none of the fields asked for, more than one object that has them, or parts that do not fit the schema.
 */
export function understand(written: Written, type: DocumentType, schema: SchemaNode): Understood {
  const { text, all } = said(written)
  if (!all) return not(endlessThought(written))
  const [found, ...others] = distinct(dataIn(all, schema))
  if (!found) return not(whyNone(all))
  if (others.length > 0) {
    const count = others.length + 1
    return not(`it has ${count} objects that fit the schema, where one document was asked for`)
  }
  const data = conform(found.named.value, schema, schema) as object
  const spans = text === written.text ? written.spans : []
  const fields = fieldsOf(data, schema, found, spans)
  const candidate = { data, fields, violations: found.parsed.violations }
  const faults = grossFaults(candidate, type)
  return faults.length === 0 ? { candidate, text, faults: null } : not(...faults.slice(0, mostFaults))
}
