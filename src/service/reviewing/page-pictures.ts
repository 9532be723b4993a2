import { z } from 'zod'
import type { ConcurrencyLimiter } from '../../compute/concurrency-limiter.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { recent } from './recent.ts'
import type { RunTask } from '../../compute/run-task.ts'

/** Pixels of a picture's longer side at most. */
const pictureSide = 2000

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

const notStored = (job: Job): ParallaxError =>
  new ParallaxError('E_NOT_FOUND', `The document of job ${job.id} is not stored.`)

/** Under which the document of a job is stored, whether it still is or not. */
async function blobOf(store: JobStore, job: Job): Promise<string> {
  const { blob = '' } = (await store.work(job.key)) ?? {}
  if (blob !== '') return blob
  throw notStored(job)
}

/** The document of a job as it was submitted; E_NOT_FOUND where no bytes were. */
export async function submittedBytes(
  { store, blobs }: { readonly store: JobStore; readonly blobs: BlobStore },
  job: Job,
): Promise<Stored> {
  const blob = await blobOf(store, job)
  const bytes = await blobs.get(blob)
  if (bytes) return { blob, bytes }
  throw notStored(job)
}

/** Pages of stored documents as pictures; what was asked for last is kept in memory, and nothing on disk. */
export interface PagePictures {
  /** Of the pictures of all pages, in order. Rejects as reading the document does. */
  sizes(job: Job): Promise<PageSizes>
  /** E_NOT_FOUND for a page that the document does not have. */
  picture(job: Job, page: number, signal?: AbortSignal): Promise<PagePicture>
}

interface PictureSource {
  readonly store: JobStore
  readonly blobs: BlobStore
  /** Before it lets a tenant in, nothing of a document is read; without one, everybody is let in. */
  readonly limiter?: ConcurrencyLimiter
}

const unlimited: Pick<ConcurrencyLimiter, 'run'> = { run: (_, work) => work() }

/** Pictures of what is stored; one that several ask for at the same time is made once. */
export function openPictures(records: PictureSource, run: RunTask): PagePictures {
  const limiter = records.limiter ?? unlimited
  const sizes = recent<PageSizes>(1000)
  const pictures = recent<PagePicture>(16)
  const inTurn = (job: Job, task: string, request: object, signal: AbortSignal): Promise<unknown> =>
    limiter.run(
      job.tenant,
      async () => run(task, { ...request, bytes: (await submittedBytes(records, job)).bytes }, { signal }),
      signal,
    )
  return {
    async sizes(job) {
      const request: Omit<PageSizesRequest, 'bytes'> = { side: pictureSide }
      const id = `${job.tenant}/${await blobOf(records.store, job)}`
      return sizes(id, async (signal) => sizesSchema.parse(await inTurn(job, 'sizes', request, signal)))
    },
    async picture(job, page, signal) {
      const request: Omit<PictureRequest, 'bytes'> = { page, side: pictureSide }
      const id = `${job.tenant}/${await blobOf(records.store, job)}/${page}`
      return pictures(
        id,
        async (gone) => pictureSchema.parse(await inTurn(job, 'picture', request, gone)),
        signal,
      )
    },
  }
}
