import type { OcrPage } from '../../core/document.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { FillContext, Finding } from '../rule.ts'
import { claimsTo, ownership } from './claims.ts'
import { guesses } from './guesses.ts'
import { occurrencesOn, wantedOf, type Occurrence } from './occurrences.ts'
import type { Question } from './question.ts'
import { findingsOf } from './readings.ts'
import { sheetsOf } from './sheet.ts'
import type { Marked } from './surroundings.ts'

function markedPages(pages: readonly OcrPage[], questions: readonly Question[]): readonly Marked[] {
  const fields = questions.flatMap(({ wordings }) => wordings.map(({ spelled }) => spelled))
  const owners = questions.flatMap(({ owner }) => owner?.spellings ?? [])
  const wanted = wantedOf([...fields, ...owners])
  return sheetsOf(pages).map((sheet) => {
    const captions = new Map<number, Occurrence[]>()
    for (const one of occurrencesOn(sheet, wanted))
      captions.set(one.row, [...(captions.get(one.row) ?? []), one])
    return { sheet, captions }
  })
}

/** What the sum of several printed amounts is worth beside each of them. */
const together = 0.8
/** Amounts that are added up at the most: a document has few rates of tax. */
const mostTogether = 4

/** What two captions of the same worth say of one field cannot both be right. */
const contested = 0.65

/** Candidates of one field, the likeliest first, each value once. */
function ranked(findings: readonly Finding[], { kind }: Question): readonly Finding[] {
  const ordered = kind === 'amount' ? [...findings].reverse() : findings
  const sorted = [...ordered].sort((a, b) => b.confidence - a.confidence)
  const [first, ...others] = sorted.filter((f, i) => sorted.findIndex(({ value }) => value === f.value) === i)
  if (!first) return []
  const rival = others[0] !== undefined && others[0].confidence > 0.95 * first.confidence
  return [rival ? { ...first, confidence: first.confidence * contested } : first, ...others]
}

/** Sums that are printed one by one and make a field together, such as the taxes of several rates. */
function alsoTogether(findings: readonly Finding[], { kind, concepts, owner }: Question): readonly Finding[] {
  if (kind !== 'amount' || owner !== null || !concepts.has('tax')) return findings
  const [best] = findings
  const own = findings.filter(
    (one, i) => findings.findIndex(({ words }) => words[0] === one.words[0]) === i && one.page === best!.page,
  )
  if (own.length < 2 || own.length > mostTogether) return findings
  const cents = own.reduce((sum, { value }) => sum + Math.round(100 * Number(value)), 0)
  return [
    ...findings,
    {
      ...best!,
      value: cents / 100,
      text: own.map(({ text }) => text).join(' + '),
      words: own.flatMap(({ words }) => words),
      confidence: together * Math.min(...own.map(({ confidence }) => confidence)),
    },
  ]
}

/** Every field's candidates on these pages: what is printed beside or below its captions, the likeliest first. */
export function answersTo(
  questions: readonly Question[],
  context: FillContext,
): ReadonlyMap<JsonPointer, readonly Finding[]> {
  const pages = markedPages(context.pages, questions)
  const owners = [...new Set(questions.flatMap(({ owner }) => owner ?? []))]
  const found = new Map<JsonPointer, Finding[]>(questions.map(({ pointer }) => [pointer, []]))
  for (const marked of pages) {
    for (const at of [...marked.captions.values()].flat()) {
      if (at.spelled.length < 3 && !at.isClosed) continue
      const claims = claimsTo(marked, at, questions)
      for (const claim of claims) {
        const share = ownership(
          claim,
          claims.filter((c) => c !== claim),
          owners,
        )
        if (share > 0) found.get(claim.question.pointer)!.push(...findingsOf(claim, context, share))
      }
    }
  }
  return new Map(
    questions.map((question) => {
      const answers = alsoTogether(ranked(found.get(question.pointer)!, question), question)
      return [question.pointer, answers.length > 0 ? answers : guesses(question, pages, context)]
    }),
  )
}
