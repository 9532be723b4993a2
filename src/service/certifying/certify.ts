import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { judge, type Judgement } from '../../scoring/metrics/judgement.ts'
import type { TruthFormat } from '../../datasets/formats.ts'
import { certifyField } from '../../trust/certificate-field.ts'
import type { Emitted, Target } from '../../trust/certificate-threshold.ts'
import { pipelineOf, type Certificate, type FieldCertificate } from '../../trust/certificate.ts'
import { readPairs, type Pairs } from '../results/score.ts'

export interface CertifyOptions extends Target {
  /** Fields to certify; by default every scalar field that a truth knows. */
  readonly fields?: readonly JsonPointer[]
  /** How the truths are written; by default in the shape of the results' type. */
  readonly truthFormat?: TruthFormat
  readonly now?: Date
}

export interface Certification {
  readonly certificate: Certificate
  readonly rowsWithoutTruth: number
}

/**
 * Makes a certificate from results (JSONL) and a folder of truths, as `readPairs` finds them. Rejects with E_NOT_FOUND, or
 * with E_BAD_REQUEST, also for results of several types or routes and for fields that no truth knows.
 */
export async function certifyResults(
  resultsFile: string,
  truthDir: string,
  { error, confidence, fields, truthFormat, now = new Date() }: CertifyOptions,
): Promise<Certification> {
  const { paired, rowsWithoutTruth } = await readPairs(resultsFile, truthDir, truthFormat)
  const pipeline = pipelineOf(paired.map(({ result }) => result))
  const known = judgementsByField(paired)
  const proofs = (fields ?? [...known.keys()]).map((field): [JsonPointer, FieldCertificate] => {
    const judgements = known.get(field)
    if (!judgements) throw unknown(field, [...known.keys()])
    return [field, certifyField(judgements.flatMap(emittedIn), judgements.length, { error, confidence })]
  })
  const certificate: Certificate = {
    version: 1,
    ...pipeline,
    error,
    confidence,
    madeAt: now.toISOString(),
    documents: paired.length,
    fields: Object.fromEntries(proofs),
  }
  return { certificate, rowsWithoutTruth }
}

function judgementsByField(paired: Pairs['paired']): ReadonlyMap<JsonPointer, readonly Judgement[]> {
  const byField = new Map<JsonPointer, Judgement[]>()
  for (const { result, truth } of paired) {
    const answer = result.verdict === 'failed' ? null : result
    for (const judgement of judge({ result: answer, truth }).judgements) {
      const judgements = byField.get(judgement.pointer) ?? []
      judgements.push(judgement)
      byField.set(judgement.pointer, judgements)
    }
  }
  return byField
}

/** A value without a confidence of its own is never accepted. */
const emittedIn = ({ emitted, confidence, inTruth, same }: Judgement): Emitted[] =>
  emitted && confidence !== null ? [{ confidence, wrong: !(inTruth && same) }] : []

const unknown = (field: JsonPointer, known: readonly JsonPointer[]): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `No truth knows the field ${field}. Known are ${known.join(', ')}; cells of lists cannot be certified.`,
  )
