import { conceptsOf, related, spellingsOf, type Concept } from '../templating/captions/lexicon.ts'
import type { Wording } from '../templating/captions/question.ts'
import { spell, wordsOfName } from '../templating/captions/spelling.ts'
import type { SchemaNode } from '../core/schema-node.ts'

/** A property, and what it stands in. */
export interface Named {
  readonly key: string
  readonly node: SchemaNode
  /** The names of the records around it, the nearest last. */
  readonly path: readonly string[]
  /** What the whole document is called. */
  readonly document: string
}

/** How surely a caption means a field: what the schema says of it counts before what others call it. */
const strengths = { title: 1, name: 0.95, nearly: 0.8, concept: 0.85, related: 0.65, part: 0.6 } as const

/** Names that say nothing without what they belong to. */
const general = new Set([
  ...[
    'name',
    'title',
    'address',
    'street',
    'city',
    'country',
    'phone',
    'email',
    'number',
    'no',
    'id',
    'code',
    'date',
    'type',
  ],
  ...['reference', 'status', 'amount', 'value', 'total', 'description', 'contact', 'website', 'fax', 'kind'],
])

/** Words that documents leave out or exchange at the end of a caption. */
const tails: Readonly<Record<string, readonly string[]>> = {
  number: ['number', ''],
  no: ['no', ''],
  nr: ['no', ''],
  id: ['id', 'no', ''],
  code: ['code', ''],
  amount: ['amount', 'total', ''],
  total: ['total', 'amount', ''],
  date: ['date', ''],
  name: ['name', ''],
}

/** Which end of a span of days a name asks for, and the words for the span itself. */
const ends = {
  first: ['from', 'start', 'begin', 'begins', 'beginning', 'since', 'starts'],
  last: ['to', 'end', 'until', 'till', 'thru', 'through', 'ends', 'ending'],
} as const
const spans = ['dates', 'date', 'period', 'range', '']

/** Of a property whose name ends like "flight from" or "period end": which end it is. */
export function endOf(words: readonly string[]): 'first' | 'last' | null {
  const telling = words.filter((word) => word !== 'date' && word !== 'on')
  const last = telling.at(-1)
  if (telling.length < 2 || last === undefined) return null
  return (['first', 'last'] as const).find((end) => (ends[end] as readonly string[]).includes(last)) ?? null
}

type Phrase = readonly [
  phrase: string,
  strength: number,
  isShared?: boolean,
  isSpan?: boolean,
  isStandIn?: boolean,
]

function spanned(words: readonly string[], end: 'first' | 'last'): readonly Phrase[] {
  const base = words
    .filter((word) => word !== 'date' && word !== 'on')
    .slice(0, -1)
    .join(' ')
  return [
    ...ends[end].flatMap((word): readonly Phrase[] => [
      [`${base} ${word}`, strengths.name],
      [`${base} ${word} date`, strengths.name],
      [`${word} date`, strengths.nearly],
    ]),
    ...spans.map((span): Phrase => [`${base} ${span}`.trim(), strengths.nearly, false, true]),
    ...spellingsOf('period').map((one): Phrase => [one, strengths.part, false, true]),
  ]
}

/** "contract number" may be printed as "Contract", "gross amount" as "Gross total". */
function shortened(words: readonly string[]): readonly Phrase[] {
  const last = words.at(-1)!
  const others = words.length > 1 && Object.hasOwn(tails, last) ? tails[last]! : []
  return others.map((tail) => [[...words.slice(0, -1), tail].join(' ').trim(), strengths.nearly] as const)
}

/** What is said of the lines of a document only: what they call it names no value of the whole. */
const ofLines: readonly Concept[] = [
  ...(['amount', 'taxRate', 'position', 'description', 'paidOut', 'paidIn', 'balance'] as const),
]

/** The concepts that a property's title or name stands for. */
export function conceptsOfNamed({ key, node, document, path }: Named): ReadonlySet<Concept> {
  const words = wordsOfName(key)
  const phrases = [
    node.title ?? '',
    words.join(' '),
    ...(path.length === 0 ? [`${document} ${words.join(' ')}`] : []),
  ]
  const found = phrases.map((phrase) => conceptsOf(spell(phrase))).find((set) => set.size > 0)
  return new Set([...(found ?? [])].filter((concept) => !ofLines.includes(concept) || found!.size === 1))
}

/** What is to be paid is the total where nothing else is printed, and the other way round. */
const isStandIn = (concept: Concept, of: Concept): boolean =>
  [concept, of].every((one) => one === 'total' || one === 'amountDue')

function ofConcepts(concepts: ReadonlySet<Concept>, isShared: boolean): readonly Phrase[] {
  const near = [...concepts].flatMap((concept) =>
    (related[concept] ?? []).map((of) => [concept, of] as const),
  )
  const own = [...concepts].filter((concept) => !ofLines.includes(concept))
  return [
    ...own.flatMap((c) => spellingsOf(c).map((one) => [one, strengths.concept, isShared] as const)),
    ...near.flatMap(([concept, of]) =>
      spellingsOf(of).map(
        (one) => [one, strengths.related, isShared, false, isStandIn(concept, of)] as const,
      ),
    ),
  ]
}

/** What a record such as the seller is called, its name spelled first. */
export function spellingsOfOwner(path: readonly string[], title: string | undefined): readonly string[] {
  const words = wordsOfName(path.at(-1) ?? '')
  const concepts = conceptsOf(spell(words.join(' ')))
  return [
    ...new Set([
      spell(words.join(' ')),
      ...(title === undefined ? [] : [spell(title)]),
      ...[...concepts].flatMap((c) => spellingsOf(c)),
    ]),
  ]
}

/** What a property of a record is called: by the words of its whole path, and by its own near the record's. */
function inRecord(named: Named, words: readonly string[]): readonly Phrase[] {
  const owner = wordsOfName(named.path.at(-1)!)
  const isGeneral = words.length === 1 && general.has(words[0]!)
  const whole: Phrase = [[...owner, ...words].join(' '), strengths.name]
  const reversed: Phrase = [[...words, ...owner].join(' '), strengths.nearly]
  const own: Phrase = [words.join(' '), isGeneral ? strengths.part : strengths.nearly, true]
  const isName = words.length === 1 && ['name', 'title', 'company'].includes(words[0]!)
  const owners = spellingsOfOwner(named.path, undefined)
  const alone = isName
    ? owners.map((one, i): Phrase => [one, i === 0 ? strengths.name : strengths.concept])
    : []
  return [whole, reversed, ...alone, own]
}

const ofDocument = ({ document }: Named, words: readonly string[]): readonly Phrase[] => [
  [words.join(' '), strengths.name],
  ...(words.length === 1 ? [[`${document} ${words[0]!}`, strengths.name] as const] : []),
  ...shortened(words),
]

/** A description of a few words names a field too. */
const fromDescription = ({ description }: SchemaNode): readonly Phrase[] =>
  description !== undefined && description.split(/\s+/).length <= 4 ? [[description, strengths.nearly]] : []

/** Every way in which a property's caption may be printed, the surest of each spelling. */
export function wordingsOf(named: Named): readonly Wording[] {
  const { key, node, path } = named
  const words = wordsOfName(key)
  const end = endOf(words)
  const titles = [...(node['x-captions'] ?? []), ...(node.title === undefined ? [] : [node.title])]
  const phrases: readonly Phrase[] = [
    ...titles.map((title) => [title, strengths.title] as const),
    ...(node.title === undefined ? [] : shortened(wordsOfName(node.title))),
    ...(path.length > 0 ? inRecord(named, words) : ofDocument(named, words)),
    ...(end ? spanned(words, end) : []),
    ...fromDescription(node),
    ...ofConcepts(conceptsOfNamed(named), path.length > 0),
  ]
  const wordings = phrases
    .map(([phrase, strength, isShared = false, isSpan = false, isStandIn = false]) => ({
      spelled: spell(phrase),
      strength,
      isShared,
      isSpan,
      isStandIn,
    }))
    .filter(({ spelled }) => spelled !== '')
    .sort((a, b) => b.strength - a.strength)
  return wordings.filter((one, i) => wordings.findIndex(({ spelled }) => spelled === one.spelled) === i)
}

/** What columns of a table are about; other concepts of the same words are not meant there. */
const columnar: readonly Concept[] = [
  ...([
    'description',
    'quantity',
    'unit',
    'unitPrice',
    'amount',
    'articleNumber',
    'taxRate',
    'position',
    'tax',
    'discount',
    'date',
    'name',
    'valueDate',
    'paidOut',
    'paidIn',
    'balance',
  ] as const),
]

/** The concepts of a column's title or name. */
export function columnConcepts({ key, node }: Pick<Named, 'key' | 'node'>): ReadonlySet<Concept> {
  const phrases = [node.title ?? '', wordsOfName(key).join(' ')]
  const found = phrases.map((phrase) => [...conceptsOf(spell(phrase))].filter((c) => columnar.includes(c)))
  return new Set(found.find((some) => some.length > 0) ?? [])
}

/** Every way in which a column may be headed. */
export function wordingsOfColumn({ key, node }: Pick<Named, 'key' | 'node'>): readonly Wording[] {
  const words = wordsOfName(key)
  const titles = [...(node['x-captions'] ?? []), ...(node.title === undefined ? [] : [node.title])]
  const phrases: readonly Phrase[] = [
    ...titles.map((title) => [title, strengths.title] as const),
    [words.join(' '), strengths.name],
    ...shortened(words),
    ...[...columnConcepts({ key, node })].flatMap((c) =>
      spellingsOf(c).map((one) => [one, strengths.concept] as const),
    ),
  ]
  const wordings = phrases.map(([phrase, strength]) => ({
    spelled: spell(phrase),
    strength,
    isShared: false,
    isSpan: false,
    isStandIn: false,
  }))
  return wordings.filter(
    (one, i) => one.spelled !== '' && wordings.findIndex(({ spelled }) => spelled === one.spelled) === i,
  )
}
