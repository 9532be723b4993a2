import { z } from 'zod'
import { pathSchema } from '../core/extraction.ts'

/** What the other path says: the same, something else, that nothing is there; or there is no other path. */
export const agreementSchema = z.enum(['same', 'differs', 'absent', 'alone'])
export type Agreement = z.infer<typeof agreementSchema>

export const evidenceSchema = z.object({
  path: pathSchema,
  /** `patternOf` its field. */
  field: z.string(),
  /** Its own score, 0 to 1. */
  confidence: z.number(),
  agreement: agreementSchema,
  /** The other path's own score; 0 where it has no value. */
  otherConfidence: z.number(),
  /** Whether another reader finds it on the page; null where none has looked. */
  grounded: z.boolean().nullable(),
  /** Whether a rule or the filling itself speaks against it. */
  violated: z.boolean(),
  /** Whether other values of the same reading confirm it, as amounts do that add up. */
  confirmed: z.boolean(),
  /** Of the page, see `PageQuality`. */
  sharpness: z.number(),
})
/** What speaks for and against one path's reading of a value. */
export type Evidence = Readonly<z.infer<typeof evidenceSchema>>

/** Names of the numbers that a calibration weighs, in order. */
export const signals = [
  'confidence',
  'same',
  'differs',
  'absent',
  'same × confidence of the other',
  'differs × confidence of the other',
  'grounded',
  'found nowhere',
  'violated',
  'confirmed',
  'sharpness',
] as const

const logit = (p: number): number => {
  const inside = Math.min(0.999, Math.max(0.001, p))
  return Math.log(inside / (1 - inside))
}

/** Bring the natural logarithm of sharpness to about unit size: on 22 training scans it was 7.0 ± 0.8. */
const usualSharpness = { middle: 6.5, spread: 1 } as const

/** The evidence as numbers of about unit size, in the order of `signals`. */
export function signalsOf(evidence: Evidence): readonly number[] {
  const { confidence, agreement, otherConfidence, grounded, violated, confirmed, sharpness } = evidence
  const is = (kind: Agreement): number => Number(agreement === kind)
  const { middle, spread } = usualSharpness
  return [
    logit(confidence) / 2,
    is('same'),
    is('differs'),
    is('absent'),
    (is('same') * logit(otherConfidence)) / 2,
    (is('differs') * logit(otherConfidence)) / 2,
    Number(grounded === true),
    Number(grounded === false),
    Number(violated),
    Number(confirmed),
    sharpness > 0 ? (Math.log(sharpness) - middle) / spread : 0,
  ]
}
