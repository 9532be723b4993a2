import type { Occurrence } from './occurrences.ts'
import type { Owner, Question, Wording } from './question.ts'
import { affinity } from './sections.ts'
import type { Marked } from './surroundings.ts'

/** A caption that is printed, and a field that it may mean. */
export interface Claim {
  readonly question: Question
  readonly wording: Wording
  readonly marked: Marked
  readonly at: Occurrence
}

/** The claims of all fields to a caption: only the strongest stay, and those to a number that may be another's too. */
export function claimsTo(marked: Marked, at: Occurrence, questions: readonly Question[]): readonly Claim[] {
  const claims = questions.flatMap((question) => {
    const wording = question.wordings.find(({ spelled }) => spelled === at.spelled)
    return wording ? [{ question, wording, marked, at }] : []
  })
  const best = Math.max(0, ...claims.map(({ wording }) => wording.strength))
  return claims.filter(({ wording }) => wording.isStandIn || wording.strength > best - 0.02)
}

/** How well a claim stands among those of like fields of other records: by the section that the caption is in. */
export function ownership(
  { question: { owner }, wording, marked, at }: Claim,
  rivals: readonly Claim[],
  owners: readonly Owner[],
): number {
  const isRivalled = rivals.some(({ question }) => question.owner !== owner)
  if (!owner || !(wording.isShared || isRivalled)) return 1
  const near = affinity(marked, at, owner, owners)
  if (near > 0.6 || near === 0) return near
  const isFirst = rivals.every(
    ({ question }) =>
      question.owner === owner || (question.owner !== null && owner.pointer <= question.owner.pointer),
  )
  return rivals.length === 0 || isFirst ? near : 0
}
