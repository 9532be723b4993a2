import type { FieldQuestion } from '../../core/field-question.ts'
import type { IntTensor } from '../session.ts'
import { gramsOf } from './grams.ts'
import type { AskerManifest } from './manifest.ts'

type Specification = Pick<AskerManifest, 'features' | 'questions'>

/** The words of a phrase or of a property's name: `grossAmount` and `gross_amount` are two each. */
export function wordsOfPhrase(text: string): readonly string[] {
  const spaced = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  return spaced.split(/[\s/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word) || word === '#' || word === '%')
}

interface Phrase {
  readonly kind: number
  readonly words: readonly string[]
}

/** The phrases of a question in their places: the owner's, then the others; what is not said is empty. */
function phrasesOf(
  { phrases }: FieldQuestion,
  { questions: { phrases: places, words, kinds } }: Specification,
) {
  const said = phrases
    .map(({ kind, text }): Phrase & { isOwner: boolean } => ({
      kind: kinds[kind] ?? 0,
      words: wordsOfPhrase(text).slice(0, words),
      isOwner: kind === 'owner',
    }))
    .filter((phrase) => phrase.words.length > 0)
  const none: Phrase = { kind: 0, words: [] }
  const others = said.filter(({ isOwner }) => !isOwner).slice(0, places - 1)
  const owner = said.find(({ isOwner }) => isOwner) ?? none
  return Array.from({ length: places }, (_, i) => (i === 0 ? owner : (others[i - 1] ?? none)))
}

const typeOf = ({ type, list }: FieldQuestion, { questions: { types, columns } }: Specification): number =>
  Math.max(0, types.indexOf(type)) + (list === null ? 0 : columns)

/** What the network is given of questions; the same numbers as those of the training. */
export function questionInputs(
  questions: readonly FieldQuestion[],
  spec: Specification,
): Readonly<Record<'askedGrams' | 'askedPhrases' | 'askedKinds' | 'askedTypes', IntTensor>> {
  const { phrases: places } = spec.questions
  const phrases = questions.flatMap((question) => phrasesOf(question, spec))
  const words = phrases.flatMap(({ words: own }, phrase) => own.map((text) => ({ text, phrase })))
  return {
    askedGrams: gramsOf(
      words.map(({ text }) => text),
      spec.features,
    ),
    askedPhrases: { data: BigInt64Array.from(words, ({ phrase }) => BigInt(phrase)), shape: [words.length] },
    askedKinds: {
      data: BigInt64Array.from(phrases, ({ kind }) => BigInt(kind)),
      shape: [questions.length, places],
    },
    askedTypes: {
      data: BigInt64Array.from(questions, (question) => BigInt(typeOf(question, spec))),
      shape: [questions.length],
    },
  }
}
