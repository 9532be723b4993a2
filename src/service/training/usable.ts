import { createHash } from 'node:crypto'
import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Example } from './examples.ts'
import type { Lesson } from './lesson.ts'

/** A document with what can be learnt from it. */
export interface Studied extends Example {
  readonly lesson: Lesson
}

/** Fewer documents teach nothing that could be measured. */
const fewestDocuments = 5

/** Of the values that truths tell, that have to stand on the pages for the truths to be of these documents. */
const leastFound = 0.4

/** Of the documents, that may be there twice with different values. */
const mostContradicting = 0.2

/** Documents that something can be learnt from, and why others are left out. */
export interface Usable {
  readonly documents: readonly Studied[]
  readonly leftOut: readonly { readonly name: string; readonly why: string }[]
  /** Fields that were nowhere found, as often as they were told. */
  readonly neverFound: readonly JsonPointer[]
}

const wordsOf = ({ lesson }: Studied): string =>
  createHash('sha256')
    .update(
      JSON.stringify(lesson.reading.pages.map(({ lines }) => lines.map(({ words }) => words.map((w) => w.text)))),
    )
    .digest('hex')

/** Values without the order of their keys. */
const valuesOf = ({ truth }: Studied): string =>
  JSON.stringify(truth, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

interface Copies {
  /** Each document once. */
  readonly single: readonly Studied[]
  /** Documents that are there again with other values. */
  readonly contradicting: readonly Studied[]
}

/** Documents whose words are the same: once where their values are, too, and not at all where they are not. */
function withoutCopies(documents: readonly Studied[]): Copies {
  const byWords = new Map<string, Studied[]>()
  for (const document of documents) {
    const words = wordsOf(document)
    byWords.set(words, [...(byWords.get(words) ?? []), document])
  }
  const groups = [...byWords.values()]
  const agree = (copies: readonly Studied[]): boolean => new Set(copies.map(valuesOf)).size === 1
  return {
    single: groups.filter(agree).map(([first]) => first!),
    contradicting: groups.filter((copies) => !agree(copies)).flat(),
  }
}

function refuseContradictions(all: readonly Studied[], contradicting: readonly Studied[]): void {
  if (contradicting.length <= mostContradicting * all.length) return
  const [first, second] = contradicting
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `The examples contradict each other: ${contradicting.length} of ${all.length} documents are there more than once with different values, such as ${first!.name} and ${second!.name}. Correct them, then train again.`,
  )
}

function refuseOthersTruths(documents: readonly Studied[]): void {
  const found = documents.reduce((sum, { lesson }) => sum + lesson.found.length, 0)
  const told = documents.reduce((sum, { lesson }) => sum + lesson.lost.length, found)
  if (told > 0 && found >= leastFound * told) return
  const one = documents.find(({ lesson }) => lesson.lost.length > 0)
  const such = one ? `, such as ${one.lesson.lost[0]} of ${one.name}` : ''
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `The values contradict the documents: only ${found} of ${told} were found on their pages${such}. Are these the truths of these documents, and of this type?`,
  )
}

/** E_BAD_REQUEST where of so many documents too few are left. */
export function refuseTooFew(count: number, given: number): void {
  if (count >= fewestDocuments) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `Training needs at least ${fewestDocuments} documents whose values are known and can be found on them; ${given === count ? `there are ${count}` : `of ${given} there are ${count}`}. Review or correct some more, then train again.`,
  )
}

/** The examples that can be learnt from. E_BAD_REQUEST where they are too few, contradict each other, or are not of these documents. */
export function usableOf(studied: readonly Studied[], given: number): Usable {
  const { single, contradicting } = withoutCopies(studied)
  refuseContradictions(studied, contradicting)
  if (single.length > 0) refuseOthersTruths(single)
  const documents = single.filter(({ lesson }) => lesson.parts.length > 0)
  refuseTooFew(documents.length, given)
  const told = new Set(single.flatMap(({ lesson }) => lesson.lost))
  const found = new Set(single.flatMap(({ lesson }) => lesson.found))
  return {
    documents,
    leftOut: [
      ...contradicting.map(({ name }) => ({ name, why: 'it is there again with other values' })),
      ...single
        .filter((one) => !documents.includes(one))
        .map(({ name }) => ({ name, why: 'none of its values was found on it' })),
    ],
    neverFound: [...told].filter((pointer) => !found.has(pointer)),
  }
}
