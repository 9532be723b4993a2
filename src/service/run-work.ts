import { ParallaxError, toErrorReport, type ErrorReport } from '../core/errors.ts'
import type { BlobStore, Claim, JobStatus, JobStore, Result } from '../core/jobs.ts'
import { failedResult } from '../routing/to-result.ts'
import { readDocument, type Reader } from './read-document.ts'

export interface WorkRunner {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly reader: Reader
}

/** Work that killed its process so often is not tried again. */
const maxDeaths = 2

function statusOf({ verdict }: Result): JobStatus {
  return verdict
}

function poisoned({ type, route }: Claim, deaths: number): Result {
  const message = `Reading this file ended its process ${deaths} times; it is set aside.`
  return failedResult(type.name, route, { code: 'E_POISON', message, retryable: false })
}

async function crashed(runner: WorkRunner, claim: Claim, error: ErrorReport): Promise<void> {
  const deaths = await runner.store.died(claim.key)
  if (deaths >= maxDeaths) {
    await runner.store.finish(claim.key, claim.token, 'quarantined', poisoned(claim, deaths))
    return
  }
  await runner.store.release(claim.key, claim.token)
  throw new ParallaxError('E_CRASHED', error.message)
}

async function readWork(runner: WorkRunner, claim: Claim, signal?: AbortSignal): Promise<Result> {
  const { blob, type, route } = claim
  try {
    const bytes = blob === '' ? null : await runner.blobs.get(blob)
    if (bytes) return await readDocument(runner.reader, bytes, type, route, signal)
    throw new ParallaxError('E_STORAGE', 'The file is not stored: submit it again.')
  } catch (error) {
    signal?.throwIfAborted()
    return failedResult(type.name, route, toErrorReport(error))
  }
}

/**
 * Does the work of a key once: claim, read, store. Rejects with a retryable error when the work should be given out
 * again; a result that comes after somebody else's claim is dropped.
 */
export async function runWork(runner: WorkRunner, key: string, signal?: AbortSignal): Promise<void> {
  const claim = await runner.store.claim(key)
  if (!claim) return
  const result = await readWork(runner, claim, signal)
  if (result.error?.code === 'E_CRASHED') return crashed(runner, claim, result.error)
  if (result.error?.code === 'E_BUSY') {
    await runner.store.release(key, claim.token)
    return
  }
  await runner.store.finish(key, claim.token, statusOf(result), result)
}
