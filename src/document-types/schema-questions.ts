import type { JsonPointer } from '../core/extraction.ts'
import type { FieldQuestion } from '../core/field-question.ts'
import { toPointer } from '../core/pointer.ts'
import { conceptsOf, type Concept } from '../templating/captions/lexicon.ts'
import type { Owner, Question, Wording } from '../templating/captions/question.ts'
import { spell, wordsOfName } from '../templating/captions/spelling.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { columnQuestion, fieldQuestion } from './field-questions.ts'
import { plainNode } from './plain-node.ts'
import { readAs, type ReadAs } from './value-kind.ts'
import {
  columnConcepts,
  conceptsOfNamed,
  endOf,
  spellingsOfOwner,
  wordingsOf,
  wordingsOfColumn,
} from './wordings.ts'

/** A column of a list's records. */
export interface AskedColumn extends ReadAs {
  readonly wordings: readonly Wording[]
  readonly concepts: ReadonlySet<Concept>
  /** As a model is asked for it. */
  readonly field: FieldQuestion
}

/** A list of records that a schema describes; columns are values, no lists or objects. */
export interface AskedList {
  readonly pointer: JsonPointer
  readonly columns: Readonly<Record<string, AskedColumn>>
}

/** What a schema asks a document for. */
export interface Asked {
  readonly questions: readonly Question[]
  /** The same as a model is asked for them. */
  readonly fields: readonly FieldQuestion[]
  readonly lists: readonly AskedList[]
}

const partyOf = (words: readonly string[]): Concept | null => {
  const concepts = conceptsOf(spell(words.join(' ')))
  return (['seller', 'buyer', 'shipTo'] as const).find((concept) => concepts.has(concept)) ?? null
}

/** Words that end the name of what a whole document has, whoever it is from: "customer number" is no number of the customer's. */
const ofDocuments = new Set(['number', 'no', 'nr', 'id', 'code', 'reference', 'ref', 'order', 'account'])

/** A name that says whose the value is, such as `seller_vat_id`, taken apart: the party, and what is asked of it. */
function apart(key: string): { readonly party: string; readonly own: string } | null {
  const words = wordsOfName(key)
  for (let n = words.length - 1; n > 0; n--) {
    const own = words.slice(n)
    if (own.length === 1 && ofDocuments.has(own[0]!)) continue
    if (partyOf(words.slice(0, n)) !== null) return { party: words.slice(0, n).join('_'), own: own.join('_') }
  }
  return null
}

function ownerOf(path: readonly string[], node: SchemaNode): Owner | null {
  if (path.length === 0) return null
  const concept = partyOf(wordsOfName(path.at(-1)!))
  return { pointer: toPointer(path), spellings: spellingsOfOwner(path, node.title), concept }
}

/** What may be taken without a caption: who sends a document stands in its head, and some values have a form of their own. */
function withoutCaption(
  key: string,
  { pattern, enum: values }: SchemaNode,
  { kind }: Pick<Question, 'kind'>,
  owner: Owner | null,
): Question['withoutCaption'] {
  const words = wordsOfName(key)
  const isName = owner
    ? words.length === 1 && words[0] === 'name'
    : words.at(-1) !== 'name' || words.length > 1
  const party = owner ? owner.concept : partyOf(words.at(-1) === 'name' ? words.slice(0, -1) : words)
  if (kind === 'text' && isName && party === 'seller') return 'letterhead'
  if (kind === 'text' && isName && party === 'buyer') return 'addressee'
  if (owner && owner.concept !== 'seller') return null
  const hasForm =
    ['iban', 'email', 'currency', 'vatId'].includes(kind) || (pattern !== undefined && /\\d|\[/.test(pattern))
  return hasForm || (values !== undefined && kind === 'choice') ? 'anywhere' : null
}

interface Place {
  readonly root: SchemaNode
  readonly document: string
  readonly owner: Owner | null
  /** The parties that names of values speak of, such as `seller_vat_id`, by the words for them. */
  readonly parties: Map<string, Owner | null>
}

/** The party of a name, the same one for all names that speak of it. */
function partyIn(name: string, { parties }: Place): Owner | null {
  const known = parties.get(name) ?? ownerOf([name], {})
  parties.set(name, known)
  return known
}

function questionFor(
  key: string,
  node: SchemaNode,
  path: readonly string[],
  { document, owner }: Pick<Place, 'document' | 'owner'>,
  pointer: JsonPointer,
): Question {
  const named = { key, node, path, document }
  const concepts = conceptsOfNamed(named)
  const read = readAs(key, node, concepts)
  return {
    pointer,
    wordings: wordingsOf(named),
    concepts,
    ...read,
    end: read.kind === 'date' ? endOf(wordsOfName(key)) : null,
    owner,
    withoutCaption: withoutCaption(key, node, read, owner),
  }
}

/** A question of the whole document, or of the party that its name speaks of. */
function valueQuestion(key: string, node: SchemaNode, path: readonly string[], place: Place): Question {
  const pointer = toPointer([...path, key])
  const named = path.length === 0 ? apart(key) : null
  if (!named) return questionFor(key, node, path, place, pointer)
  const owner = partyIn(named.party, place)
  return questionFor(named.own, node, [named.party], { ...place, owner }, pointer)
}

/** A value that can be but one is no question. */
const isGiven = ({ const: only, enum: values }: SchemaNode): boolean =>
  only !== undefined || values?.length === 1

const nothing: Asked = { questions: [], fields: [], lists: [] }

const allOf = (parts: readonly Asked[]): Asked => ({
  questions: parts.flatMap((p) => p.questions),
  fields: parts.flatMap((p) => p.fields),
  lists: parts.flatMap((p) => p.lists),
})

function columnsOf(
  record: Readonly<Record<string, SchemaNode>>,
  list: readonly string[],
  root: SchemaNode,
): AskedList['columns'] {
  const columns = Object.entries(record).flatMap(([key, child]) => {
    const node = plainNode(child, root)
    if (node.items || node.properties) return []
    const named = { key, node }
    const concepts = columnConcepts(named)
    const read = readAs(key, node, concepts)
    const field = columnQuestion(key, node, list, read.kind)
    return [[key, { ...read, wordings: wordingsOfColumn(named), concepts, field }] as const]
  })
  return Object.fromEntries(columns)
}

function askedIn(node: SchemaNode, path: readonly string[], place: Place): readonly Asked[] {
  return Object.entries(node.properties ?? {}).map(([key, child]): Asked => {
    const target = plainNode(child, place.root)
    const here = [...path, key]
    if (target.properties) {
      const parts = askedIn(target, here, { ...place, owner: ownerOf(here, target) })
      return allOf(parts)
    }
    const record = target.items ? plainNode(target.items, place.root).properties : undefined
    if (record) {
      const columns = columnsOf(record, here, place.root)
      const fields = Object.values(columns).map(({ field }) => field)
      return { questions: [], fields, lists: [{ pointer: toPointer(here), columns }] }
    }
    if (target.items || [target.type].flat().includes('array') || isGiven(target)) return nothing
    const question = valueQuestion(key, target, path, place)
    return { questions: [question], fields: [fieldQuestion(key, target, path, question.kind)], lists: [] }
  })
}

/** The values and lists that a JSON Schema asks for; `name` is what the document is called where the schema does not say. */
export function askedBy(schema: SchemaNode, name: string): Asked {
  const parts = askedIn(plainNode(schema, schema), [], {
    root: schema,
    document: schema.title ?? name,
    owner: null,
    parties: new Map(),
  })
  return allOf(parts)
}
