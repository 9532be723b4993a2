import type { Flag } from '../core/row.ts'

/** Said of a document whose confidences nobody has held against truths; alone it keeps no document from being accepted. */
export const uncalibrated: Flag = {
  code: 'UNCALIBRATED',
  field: null,
  message:
    'Confidences are rough: nobody has measured how often these engines are right on documents of this type (see parallax calibrate).',
}
