import { z } from 'zod'
import { taggerManifestSchema } from '../tokens/manifest.ts'

const size = z.number().positive()

/** The manifest of a dense model: how its pictures are made, and what its numbers mean. */
export const denseManifestSchema = taggerManifestSchema
  .pick({ tags: true, labels: true, features: true, decoding: true })
  .extend({
    labels: taggerManifestSchema.shape.labels.extend({
      /** Those of the maps, in order, from map 1; map 0 is none. */
      all: z.array(z.string()).min(1),
    }),
    /** The characters of its classes, from class 1; class 0 is the blank. */
    alphabet: z.string().min(1),
    picture: z.object({
      /** Of the normalised page. */
      scale: size,
      mostPixels: size,
      /** Of pixels, that a picture's sides are filled up to. */
      multiple: z.int().positive(),
    }),
    /** Pixels of a cell of the maps, and what distances on them are divided by. */
    cells: z.object({ down: size, across: size, extent: size }),
    frames: z.object({
      /** Where a frame looks, down from the middle of a line, in its heights. */
      rows: z.array(z.number()).min(1),
      /** Frames in the height of a line. */
      perHeight: size,
      /** Of its height, that is read before and after a line. */
      margin: z.number().nonnegative(),
      /** Readings a frame. */
      fine: z.int().positive(),
    }),
  })
export type DenseManifest = z.infer<typeof denseManifestSchema>
