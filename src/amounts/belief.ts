import { z } from 'zod'

/** What is believed of sums before a document is read; fitted with a calibration, or the defaults below. */
export const beliefSchema = z.object({
  /** Of documents whose amounts were all read right, the share in which they add up, 0 to 1. */
  addsUp: z.number().gt(0).lt(1),
  /** How many times likelier right amounts are to add up than wrong ones to do so by chance. */
  chance: z.number().min(1),
  /** The same where one amount merely repeats another: a wrong reading is often a copy. */
  copies: z.number().min(1),
  /** The same as `addsUp` for item lines, of which one may have been missed. */
  linesAddUp: z.number().gt(0).lt(1),
})
export type Belief = Readonly<z.infer<typeof beliefSchema>>

/** Where no calibration has fitted any: assumed, not measured. */
export const usualBelief: Belief = { addsUp: 0.9, chance: 20, copies: 3, linesAddUp: 0.6 }

/** What is left of the weight where two fields would have been read from one printed number: it answers one of them. Assumed. */
export const oneNumberTwice = 0.02

/** What a sum within the rounding of tills proves of what one to the cent does. Chosen on transcripts of training receipts. */
export const withinRounding = 0.8

/** What is left of the weight where a part that is added is no smaller than the total. Assumed. */
export const tooLarge = 0.02
