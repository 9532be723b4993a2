import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { spell } from './spelling.ts'

/** What captions on business documents mean. */
export const concepts = [
  ...['invoiceNumber', 'orderNumber', 'customerNumber', 'contractNumber', 'deliveryNote', 'reference'],
  ...['date', 'dueDate', 'deliveryDate', 'period', 'time'],
  ...['seller', 'buyer', 'shipTo', 'contact', 'name', 'address', 'phone', 'fax', 'email', 'website'],
  ...['vatId', 'iban', 'bic', 'paymentTerms', 'paymentMethod', 'page', 'currency'],
  ...['net', 'tax', 'total', 'amountDue', 'discount', 'shipping', 'deposit', 'tip'],
  ...['accountHolder', 'statementNumber', 'openingBalance', 'closingBalance'],
  ...['valueDate', 'paidOut', 'paidIn', 'balance'],
  ...['description', 'quantity', 'unit', 'unitPrice', 'amount', 'articleNumber', 'taxRate', 'position'],
] as const
const conceptSchema = z.enum(concepts)
export type Concept = (typeof concepts)[number]

const isLanguage = (code: string): boolean => {
  const name = /^[a-z]{2,3}$/.test(code) && new Intl.DisplayNames(['en'], { type: 'language' }).of(code)
  return name !== false && name !== code
}

/** One language's words: a file of the folder `lexicon`, named after the language. */
export const lexiconSchema = z.strictObject({
  /** ISO 639. */
  language: z.string().refine(isLanguage, 'a language is an ISO 639 code, such as "de"'),
  /** By concept, what documents print; the most usual first. */
  captions: z.partialRecord(conceptSchema, z.array(z.string().regex(/[\p{L}\p{N}]/u)).min(1)),
  /** Words with which a caption goes on: "Advertiser" is not "Advertiser Code". */
  continues: z.array(z.string().min(1)),
})
export type Lexicon = z.infer<typeof lexiconSchema>

const folder = new URL('./lexicon/', import.meta.url)

/** Every language's words, in the order of their codes. */
export const lexicons: readonly Lexicon[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => lexiconSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))

const entries = lexicons.flatMap(({ captions }) => Object.entries(captions) as [Concept, string[]][])

/** What each concept is called, spelled as `spell` does, in all languages. */
const byConcept: ReadonlyMap<Concept, readonly string[]> = new Map(
  concepts.map((concept) => [
    concept,
    [...new Set(entries.flatMap(([of, captions]) => (of === concept ? captions.map(spell) : [])))],
  ]),
)
export const spellingsOf = (concept: Concept): readonly string[] => byConcept.get(concept) ?? []

const bySpelling = new Map<string, Set<Concept>>()
for (const [concept, spellings] of byConcept)
  for (const one of spellings) bySpelling.set(one, (bySpelling.get(one) ?? new Set()).add(concept))

/** The concepts that a caption may mean; none for words that are no caption of the lexicon. */
export const conceptsOf = (spelled: string): ReadonlySet<Concept> => bySpelling.get(spelled) ?? new Set()

/** Every caption of the lexicon, spelled. */
export const knownCaptions: ReadonlySet<string> = new Set(bySpelling.keys())

const continuing = new Set(lexicons.flatMap(({ continues }) => continues.map(spell)))

/** Whether a word is one with which captions go on. */
export const continuesCaption = (word: string): boolean => continuing.has(spell(word))

/** What is printed under another name where a document does not have its own: a weaker match. */
export const related: Readonly<Partial<Record<Concept, readonly Concept[]>>> = {
  total: ['amountDue'],
  amountDue: ['total'],
  amount: ['total', 'amountDue'],
  contractNumber: ['orderNumber'],
  date: [],
  unitPrice: [],
}
