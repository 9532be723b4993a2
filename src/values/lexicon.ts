import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'

/** What a line of amounts can be about. */
export const amountRoles = [
  'total', // what had to be paid
  'strongTotal', // the same, said so that nothing else can be meant
  'notTotal', // a sum of something else: of pieces, of taxes, of a page
  'within', // a part of an amount that was already said
  'subtotal', // before tax and service
  'tax',
  'notTax', // names a tax but states none
  'cash', // what was given or paid
  'change',
  'rounding',
  'discount',
  'tip',
  'fare',
  'service',
] as const
export type AmountRole = (typeof amountRoles)[number]

/** What other printed words tell. */
const otherRoles = [
  'summary', // heads a table that repeats amounts
  'currency', // a code beside it is the document's currency
  'date',
  'otherDate', // a date beside it is not the day of the sale
  'time',
  'otherTime',
  'nameEnding', // ends a merchant's name
  'address',
  'place', // stands alone on the last line of an address
  'phone',
  'endOfHeader', // the sale begins
  'id', // a registration or a tax number
] as const
export type LexiconRole = AmountRole | (typeof otherRoles)[number]

const roles: readonly LexiconRole[] = [...amountRoles, ...otherRoles]

/**
 * Lower case, as printed, marks and all. `=` before it: OCR slips are not forgiven, because another word is near. `^`
 * before it: counts only where it begins the line.
 */
const phraseSchema = z
  .string()
  .regex(/^[=^]?\p{Ll}[\p{Ll}\p{M}'’./ -]+$/u, 'is no phrase of lower-case words')

const lexiconSchema = z.partialRecord(z.enum(roles), z.array(phraseSchema).min(1))
/** Phrases of one language by what they tell. */
export type Lexicon = z.infer<typeof lexiconSchema>

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The language a file is named after, as CLDR knows it. */
function languageOf(file: string): string {
  const code = basename(file, '.json')
  const known = /^[a-z]{2,3}$/.test(code) && languageNames.of(code) !== undefined
  if (known) return code
  throw new ParallaxError(
    'E_ENGINE',
    `The lexicon ${file} is named after no language; name it as ISO 639 does, for example de.json.`,
  )
}

const wrong = ({ code, path, message, ...issue }: z.core.$ZodIssue): string =>
  code === 'invalid_key' || code === 'unrecognized_keys'
    ? `there is no role "${'keys' in issue ? issue.keys.join('", "') : path.join('.')}" (roles: ${roles.join(', ')})`
    : `${path.join('.')} ${message}`

/** The lexicon in a file's content; E_ENGINE, with a sentence that says what is wrong, for an unknown language or role. */
export function parseLexicon(file: string, content: unknown): readonly [language: string, Lexicon] {
  const language = languageOf(file)
  const parsed = lexiconSchema.safeParse(content)
  if (parsed.success) return [language, parsed.data]
  throw new ParallaxError(
    'E_ENGINE',
    `The lexicon ${file} cannot be used: ${parsed.error.issues.map(wrong).join('; ')}.`,
  )
}

/** All lexicons of a folder by language: one JSON file each. */
function loadLexicons(folder: URL): ReadonlyMap<string, Lexicon> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => parseLexicon(file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')))),
  )
}

/** The lexicons that ship with Parallax, beside this file. */
export const lexicons = loadLexicons(new URL('./lexicon/', import.meta.url))

/** The phrases of all languages that tell one thing. */
export const phrasesFor = (role: LexiconRole): readonly string[] => [
  ...new Set([...lexicons.values()].flatMap((lexicon) => lexicon[role] ?? [])),
]
