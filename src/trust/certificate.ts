import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { jsonPointerSchema } from '../core/extraction.ts'
import { strategySchema, type ExtractionResult, type ResultField } from '../core/extraction-result.ts'
import { isMissing } from '../values/same.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const inside = z.number().gt(0).lt(1)

/** What audited values alone say, apart from the labelled documents that a certificate was made from. */
const auditFindingsSchema = z.object({
  /** Wrong ones among the audited. */
  errors: count,
  /** The largest e-value so far against "at most the promised share is wrong"; 1e9 stands for more, too. */
  eValue: z.number().min(0).max(1e9),
  /** The shares of wrong values that the audits leave possible, at the certificate's confidence, however often it is looked at. */
  low: share,
  high: share,
})

/** A field whose values are certified from `threshold` on. */
export const provenSchema = z.object({
  threshold: share,
  /** Labelled documents whose truth knows the field. */
  documents: count,
  /** Values of the labelled documents at the threshold or above it. */
  accepted: count,
  /** Wrong ones among them, with those where nothing is printed. */
  errors: count,
  /** Exact upper bound of the error rate among the accepted, at the certificate's confidence. */
  bound: share,
  /** How many certified values were audited after the certificate was made; not among the accepted. */
  audited: count,
  /** Absent before any audit. */
  audit: auditFindingsSchema.optional(),
  /** True once audits spoke against the promise: nothing is certified any more. */
  void: z.boolean(),
})
export type Proven = z.infer<typeof provenSchema>

/** A field of which nothing could be proven. */
const unprovenSchema = z.object({
  /** Labelled documents more that would do if they were like those seen; null when no number would. */
  needed: z.int().min(1).nullable(),
  documents: count,
  /** Values at the lowest threshold or above it, and the wrong ones among them. */
  accepted: count,
  errors: count,
})

export const fieldCertificateSchema = z.union([provenSchema, unprovenSchema])
export type FieldCertificate = z.infer<typeof fieldCertificateSchema>

/**
 * For each field by itself: with probability `confidence`, at most a share of `error` of the values at its threshold or
 * above is wrong, on documents drawn like the labelled ones and read by the same pipeline. Both are 0 to 1.
 */
export const certificateSchema = z.object({
  version: z.literal(1),
  documentType: z.string(),
  route: strategySchema,
  /** Engines with their revisions, as the attempts of the labelled results name them; sorted. */
  models: z.array(z.string()),
  error: inside,
  confidence: inside,
  madeAt: z.iso.datetime(),
  /** Labelled documents. */
  documents: count,
  fields: z.record(jsonPointerSchema, fieldCertificateSchema),
})
export type Certificate = z.infer<typeof certificateSchema>

/** What a certificate speaks about. */
export type Pipeline = Pick<Certificate, 'documentType' | 'route' | 'models'>

/** An attempt that failed names no model. */
const modelsOf = (result: ExtractionResult): readonly string[] =>
  result.attempts.map(({ model }) => model).filter((model) => model !== '')

function only<T extends string>(what: string, names: readonly T[]): T {
  const [name, ...others] = new Set(names)
  if (name !== undefined && others.length === 0) return name
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `A certificate speaks about one ${what}, and the rows have ${[name, ...others].join(', ') || 'none'}. Certify them apart.`,
  )
}

/** The one pipeline that made these results; E_BAD_REQUEST when they are of several document types or routes, or none. */
export const pipelineOf = (results: readonly ExtractionResult[]): Pipeline => ({
  documentType: only(
    'document type',
    results.map(({ documentType }) => documentType),
  ),
  route: only(
    'route',
    results.map(({ route }) => route),
  ),
  models: [...new Set(results.flatMap(modelsOf))].sort(),
})

/** Whether a result was made by what the certificate speaks about: its type, its route, and no model but its models. */
export const applies = (certificate: Certificate, result: ExtractionResult): boolean =>
  result.documentType === certificate.documentType &&
  result.route === certificate.route &&
  modelsOf(result).every((model) => certificate.models.includes(model))

const isCertified = (field: ResultField, proof: FieldCertificate | undefined): boolean =>
  proof !== undefined &&
  'threshold' in proof &&
  !proof.void &&
  !isMissing(field) &&
  field.confidence >= proof.threshold

/**
 * A result as it was read, before any person corrected it, with `certified` on the fields that the certificate covers and on
 * no other. E_BAD_REQUEST when the certificate does not apply.
 */
export function certify(result: ExtractionResult, certificate: Certificate): ExtractionResult {
  if (!applies(certificate, result)) {
    const { documentType, route } = certificate
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The certificate is about other documents or engines (${documentType}, route ${route}) than ${result.file}. Make one with parallax certify.`,
    )
  }
  const fields = Object.entries(result.fields) as [keyof ExtractionResult['fields'], ResultField][]
  const marked = fields.map(([pointer, field]) => [
    pointer,
    { ...field, certified: isCertified(field, certificate.fields[pointer]) },
  ])
  return { ...result, fields: Object.fromEntries(marked) as ExtractionResult['fields'] }
}
