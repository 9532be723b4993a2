import type { JsonPointer } from '../../core/extraction.ts'
import { plain } from '../anchor.ts'
import { findingsOf, type FillContext, type Finding } from '../rule.ts'
import type { Question } from './question.ts'
import { parseEnd, showsMoney } from './readings.ts'
import { textOf } from './sheet.ts'

/** What a caption's finding is worth beside a model's answers; all shares here are chosen on documents of kinds that the model has not learnt from. */
const besideModel = 0.7
/** What an answer of a later page is worth beside one of the first: what documents state of themselves stands in front. */
const later = 0.6
/** What a number without cents or a currency is worth where others that may be the amount show them. */
const bare = 0.2
/** Below, it is no answer. */
const least = 0.2

/** How far a value is taken from a field by another that is surer of it. */
const taken = 0.9

type Asked = Pick<Question, 'pointer' | 'parse' | 'end' | 'kind'>

/** A model's findings by what can be seen of them beside their place: on which page they stand, and whether they look like the amount. */
function plausible(
  findings: readonly Finding[],
  { kind }: Asked,
  { pages }: FillContext,
): readonly Finding[] {
  const isBare = ({ words }: Finding): boolean => kind === 'amount' && !showsMoney(words)
  const someShow = !findings.every(isBare)
  return findings.map((one) => ({
    ...one,
    confidence:
      one.confidence * (one.page === pages[0]?.page ? 1 : later) * (someShow && isBare(one) ? bare : 1),
  }))
}

/** What a model that was asked for a field answered: entities under the field's pointer that can be read as its values are. */
function answered(question: Asked, context: FillContext): readonly Finding[] {
  const entities = context.entities.filter(({ label }) => label === question.pointer)
  const findings = entities.flatMap((entity) =>
    findingsOf(parseEnd(question, textOf(entity.words), context), entity),
  )
  return plausible(findings, question, context)
}

/** Several sums may be the same: how they hang together tells. */
const mayCoincide = ({ kind }: Asked): boolean => ['amount', 'number', 'integer'].includes(kind)

/** A value that stands at one place answers one field. */
function less(one: Finding, others: readonly Finding[]): Finding {
  const rivals = others.filter(
    ({ words, value, confidence }) =>
      words[0] === one.words[0] && value === one.value && confidence > one.confidence,
  )
  const most = Math.max(0, ...rivals.map(({ confidence }) => confidence))
  return { ...one, confidence: one.confidence * (1 - taken * most) }
}

/** What a model answered for all fields together; a place that one of them is surer of counts less for the others. */
export function answeredBy(
  questions: readonly Asked[],
  context: FillContext,
): ReadonlyMap<JsonPointer, readonly Finding[]> {
  const all = questions.map((question) => ({ question, findings: answered(question, context) }))
  return new Map(
    all.map(({ question, findings }) => {
      const others = all.filter((o) => o.question !== question).flatMap((o) => o.findings)
      return [question.pointer, mayCoincide(question) ? findings : findings.map((one) => less(one, others))]
    }),
  )
}

const keyOf = ({ value }: Finding): unknown => (typeof value === 'string' ? plain(value) : value)

const either = (a: number, b: number): number => 1 - (1 - a) * (1 - b)

/** How sure several witnesses of one value make it: a page counts once, by the surest. */
function sureness(findings: readonly Finding[]): number {
  const byPage = new Map<number, number>()
  for (const { page, confidence } of findings) byPage.set(page, Math.max(confidence, byPage.get(page) ?? 0))
  return [...byPage.values()].reduce(either, 0)
}

const surest = (findings: readonly Finding[]): Finding =>
  findings.reduce((best, one) => (one.confidence > best.confidence ? one : best))

/**
 * Candidates of a model and of captions, each value once, the likeliest first: pages and the two kinds of evidence bear witness
 * to a value independently of each other (a noisy or). Where the model has no answer, what captions say.
 */
export function together(byModel: readonly Finding[], byCaptions: readonly Finding[]): readonly Finding[] {
  if (byModel.length === 0) return byCaptions
  const values = new Set([...byModel, ...byCaptions].map(keyOf))
  return [...values]
    .map((value) => {
      const [model, captions] = [byModel, byCaptions].map((some) =>
        some.filter((one) => keyOf(one) === value),
      ) as [Finding[], Finding[]]
      const captioned = captions.length > 0 ? besideModel * surest(captions).confidence : 0
      return {
        ...surest(model.length > 0 ? model : captions),
        confidence: either(sureness(model), captioned),
      }
    })
    .filter(({ confidence }) => confidence >= least)
    .sort((a, b) => b.confidence - a.confidence)
}
