import { z } from 'zod'
import { readRegionSchema, type ReadRegion } from '../../contract/review.ts'
import { ParallaxError } from '../../core/errors.ts'
import { jsonPointerSchema } from '../../core/extraction.ts'
import { boxSchema, type Box } from '../../core/geometry.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'

/** A place on a page to be read anew, as it is sent to a child process. */
export const regionRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** From 1. */
  page: z.int().min(1),
  /** Fractions of the upright page as submitted. */
  box: boxSchema,
  /** Whose value is looked for; null for none. */
  field: jsonPointerSchema.nullable(),
  type: typeRefSchema,
  ocr: z.string(),
  /** ISO 4217, as the document was read; null where nobody knows. */
  currency: z.string().nullable(),
})
export type RegionRequest = z.infer<typeof regionRequestSchema>

/** Of a page, that a place to be read is wide and high at least. */
const least = 0.001

const within = (v: number): number => Math.min(1, Math.max(0, v))

/** The part of a box that is on the page, whichever corner it was drawn from; E_BAD_REQUEST where there is none. */
function boxOnPage([ax, ay, bx, by]: Box): [number, number, number, number] {
  const [x0, x1] = [within(Math.min(ax, bx)), within(Math.max(ax, bx))]
  const [y0, y1] = [within(Math.min(ay, by)), within(Math.max(ay, by))]
  if (x1 - x0 >= least && y1 - y0 >= least) return [x0, y0, x1, y1]
  throw new ParallaxError(
    'E_BAD_REQUEST',
    'The region is empty or outside of the page: its corners are fractions of the page, from 0 to 1.',
  )
}

/** Reads a place of a document, in a child; E_BAD_REQUEST for a place or a field that is not there. */
export async function readRegion(
  run: RunTask,
  request: RegionRequest,
  signal?: AbortSignal,
): Promise<ReadRegion> {
  const box = boxOnPage(request.box)
  return readRegionSchema.parse(await run('region', { ...request, box }, signal ? { signal } : {}))
}
