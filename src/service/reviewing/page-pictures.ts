import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore, Job, JobStore } from '../../core/jobs.ts'
import { recent } from './recent.ts'
import type { RunTask } from '../reading/read-document.ts'

/** Pixels of a picture's longer side at most. */
export const pictureSide = 2000

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const pixels = z.int().min(1)

export const pageSizesRequestSchema = z.object({ bytes: bytesSchema, side: pixels })
export type PageSizesRequest = z.infer<typeof pageSizesRequestSchema>

export const pictureRequestSchema = z.object({
  bytes: bytesSchema,
  /** From 1. */
  page: z.int().min(1),
  side: pixels,
})
export type PictureRequest = z.infer<typeof pictureRequestSchema>

const sizesSchema = z.array(z.object({ page: pixels, width: pixels, height: pixels }))
export type PageSizes = z.infer<typeof sizesSchema>

const pictureSchema = z.object({ jpeg: bytesSchema, width: pixels, height: pixels })
export type PagePicture = z.infer<typeof pictureSchema>

interface Stored {
  readonly blob: string
  readonly bytes: Uint8Array
}

/** The document of a job as it was submitted; E_NOT_FOUND where no bytes were. */
export async function submittedBytes(
  { store, blobs }: { readonly store: JobStore; readonly blobs: BlobStore },
  job: Job,
): Promise<Stored> {
  const { blob = '' } = (await store.work(job.key)) ?? {}
  const bytes = blob === '' ? null : await blobs.get(blob)
  if (bytes) return { blob, bytes }
  throw new ParallaxError('E_NOT_FOUND', `The document of job ${job.id} is not stored.`)
}

/** Pages of stored documents as pictures; what was asked for last is kept in memory, and nothing on disk. */
export interface PagePictures {
  /** Of the pictures of all pages, in order. Rejects as reading the document does. */
  sizes(job: Job): Promise<PageSizes>
  /** E_NOT_FOUND for a page that the document does not have. */
  picture(job: Job, page: number): Promise<PagePicture>
}

export function openPictures(
  records: { readonly store: JobStore; readonly blobs: BlobStore },
  run: RunTask,
): PagePictures {
  const sizes = recent<PageSizes>(1000)
  const pictures = recent<PagePicture>(16)
  return {
    async sizes(job) {
      const { blob, bytes } = await submittedBytes(records, job)
      const request: PageSizesRequest = { bytes, side: pictureSide }
      return sizes(blob, async () => sizesSchema.parse(await run('sizes', request)))
    },
    async picture(job, page) {
      const { blob, bytes } = await submittedBytes(records, job)
      const request: PictureRequest = { bytes, page, side: pictureSide }
      return pictures(`${blob}/${page}`, async () => pictureSchema.parse(await run('picture', request)))
    },
  }
}
