import { createConcurrencyLimiter } from '../compute/concurrency-limiter.ts'
import type { Config } from '../config.ts'

/** What has to stay free on the disk of the data folder, in bytes. */
export const freeBytes = 1e9

/** How long somebody may wait for a document that is read at once. */
const extractMs = 30_000

/** How long such a document may take to come in. */
const receiveMs = 30_000

export const limitsOf = ({ service, concurrency }: Config) => ({
  queued: service.maxQueued,
  queuedEach: service.maxQueuedEach,
  fileBytes: service.maxFileBytes,
  files: 500,
  requestsPerMinute: service.requestsPerMinute,
  freeBytes,
  extractions: 2 * concurrency,
  extractMs,
  receiveMs,
})

/** What is done while somebody looks at a page: no more at a time than there are children, one of which is left to others. */
export const limitersOf = ({ concurrency }: Config) => ({
  limiter: createConcurrencyLimiter({
    atOnce: concurrency,
    atOnceEach: Math.max(1, concurrency - 1),
    waiting: 128,
    waitingEach: 32,
    refusal: 'Too many pages are being waited for. Ask again in a moment.',
  }),
  reportLimiter: createConcurrencyLimiter({
    atOnce: 2,
    atOnceEach: 1,
    waiting: 8,
    waitingEach: 2,
    refusal: 'Too many reports are being made. Ask again in a moment.',
  }),
})
