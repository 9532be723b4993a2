import { z } from 'zod'
import { boxSchema } from '../core/geometry.ts'

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** Places on one page of a file, to be cut out in a child process. */
export const cropRequestSchema = z.object({
  bytes: bytesSchema,
  /** From 1. */
  page: z.int().min(1),
  /** Fractions of the upright page as submitted. */
  boxes: z.array(boxSchema),
  /** Pixels that a picture is at most wide. */
  width: z.int().min(1),
})
export type CropRequest = z.infer<typeof cropRequestSchema>

export const pictureSchema = z.object({
  jpeg: bytesSchema,
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  /** Where the place stands in the picture, in its fractions. */
  box: boxSchema,
})
/** A place on a page with some of what surrounds it. */
export type Picture = z.infer<typeof pictureSchema>
