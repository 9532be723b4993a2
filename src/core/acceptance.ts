import { z } from 'zod'

/** What may be accepted unseen: only what a calibration speaks about, or also what nobody has measured. */
export const acceptanceSchema = z.enum(['calibrated', 'uncalibrated'])
export type Acceptance = z.infer<typeof acceptanceSchema>
