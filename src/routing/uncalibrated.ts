import type { Flag } from '../core/extraction-result.ts'

/** Under this code a result says that nobody has held its confidences against truths. */
export const uncalibratedCode = 'UNCALIBRATED'

const remedy =
  'Read labelled documents with `parallax calibrate`, or accept them all the same with `--accept uncalibrated`.'

/** The flag of a document whose confidences nobody has measured, and why: no calibration, or one for other revisions. */
export const uncalibrated = (documentType: string, changed: readonly string[] = []): Flag => ({
  code: uncalibratedCode,
  field: null,
  message:
    changed.length > 0
      ? `The calibration of "${documentType}" was fitted for other revisions of ${changed.join(', ')}. ${remedy}`
      : `Nobody has measured how often values of a "${documentType}" are right when these engines read it. ${remedy}`,
})
