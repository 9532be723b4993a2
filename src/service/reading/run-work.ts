import {
  fromErrorReport,
  ParallaxError,
  toErrorReport,
  type ErrorCode,
  type ErrorReport,
} from '../../core/errors.ts'
import type { BlobStore, Claim, JobStore, Result } from '../../core/jobs.ts'
import { failedResult } from '../../routing/to-result.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { withAudit } from '../judging/audit.ts'
import { holdingClaim, renewMs } from './hold-claim.ts'
import { readStage, resultOf, type Reader, type Stage } from './read-document.ts'
import { parseTemplates } from './templates.ts'
import { splitOf } from '../submitting/pipeline.ts'

export interface WorkRunner {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly reader: Reader
  /** Has a key's reserve paths read it, some time soon. */
  reprocessLater(key: string): Promise<void>
  /** Of accepted documents, that a person sees all the same, 0 to 1. */
  readonly auditShare: number
  /** Between two renewals of a claim, in milliseconds; default `renewMs`. */
  readonly renewMs?: number
}

/** Work that killed its process so often is not tried again. */
const maxDeaths = 2

function poisoned({ type, route }: Claim, deaths: number): Result {
  const message = `Reading this file ended its process ${deaths} times; it is set aside.`
  return failedResult(type.name, route, { code: 'E_POISON', message, retryable: false })
}

async function crashed(runner: WorkRunner, claim: Claim, error: ErrorReport): Promise<void> {
  const deaths = await runner.store.died(claim.key)
  if (deaths === 0) return // It was deleted meanwhile.
  if (deaths >= maxDeaths) {
    await runner.store.finish(claim.key, claim.token, 'quarantined', poisoned(claim, deaths))
    return
  }
  await runner.store.release(claim.key, claim.token)
  throw new ParallaxError('E_CRASHED', error.message)
}

/** What was submitted; null where it is gone or damaged, and comes back with the next submission at best. */
async function stored(blobs: BlobStore, hash: string): Promise<Uint8Array | null> {
  if (hash === '') return null
  try {
    return await blobs.get(hash)
  } catch (error) {
    // What the disk refuses has a cause; what it gave was damaged.
    if (error instanceof ParallaxError && error.code === 'E_STORAGE' && error.cause === undefined) return null
    throw error
  }
}

interface Material {
  readonly bytes: Uint8Array
  /** Those that were in force when the work was submitted. */
  readonly templates: readonly VendorTemplate[]
}

async function materialOf(blobs: BlobStore, { blob, templates }: Claim): Promise<Material | null> {
  const bytes = await stored(blobs, blob)
  if (!bytes || templates === null) return bytes && { bytes, templates: [] }
  const kept = await stored(blobs, templates)
  return kept && { bytes, templates: parseTemplates(kept) }
}

/** A submission that is under way may still bring it: waited for, but not for ever. */
const notStored = (isLast: boolean): ErrorReport => ({
  code: 'E_STORAGE',
  message: 'The file, or the vendor templates it is read with, are not stored: submit it again.',
  retryable: !isLast,
})

/** The next stage, by the engines the work was submitted for, whatever this process would use for its own. */
async function readWork(
  { blobs, reader }: WorkRunner,
  claim: Claim,
  isLast: boolean,
  signal: AbortSignal,
): Promise<Stage | ErrorReport> {
  const { type, route, ocr, pipeline, attempts } = claim
  const material = await materialOf(blobs, claim)
  if (!material) return notStored(isLast)
  const { bytes, templates } = material
  const vlm = { ...reader.vlm, name: claim.vlm }
  const own = { ...reader, ocr, vlm, pipeline, split: splitOf(pipeline), templates }
  return readStage(own, bytes, type, route, attempts, signal)
}

/** Why a path could not read although another one did, where reading again will do better. */
const interrupted = ({ attempts }: Result): ErrorReport | undefined =>
  attempts
    .flatMap(({ error }) => error ?? [])
    .find(({ code, retryable }) => code === 'E_BUSY' || (retryable && code !== 'E_CRASHED'))

/** Stores the result, or gives the work back where the fault is not the document's. */
async function settle(
  runner: WorkRunner,
  claim: Claim,
  result: Result,
  isLast: boolean,
  urgency = 0,
): Promise<void> {
  const { key, token } = claim
  const error = result.error ?? interrupted(result)
  if (error?.code === 'E_CRASHED') return crashed(runner, claim, error)
  if (isForLater(error, isLast)) return giveBack(runner, claim, error)
  const audited = withAudit(result, key, runner.auditShare)
  await runner.store.finish(key, token, audited.verdict, audited, urgency)
}

/** Faults of the service: however long they last, they say nothing of the document. */
const ofService: readonly ErrorCode[] = ['E_BUSY', 'E_NOT_READY', 'E_STORAGE']

/** Whether the same work should be tried again rather than be judged as it is. */
const isForLater = (error: ErrorReport | undefined, isLast: boolean): error is ErrorReport =>
  error !== undefined && error.retryable && (!isLast || ofService.includes(error.code))

async function giveBack({ store }: WorkRunner, { key, token }: Claim, error: ErrorReport): Promise<void> {
  const isOurs = await store.release(key, token)
  if (isOurs && error.code !== 'E_BUSY') throw fromErrorReport(error)
}

/** What was left in doubt is kept and given out for the paths in reserve; false where the fault is a passing one. */
async function reprocess(
  { store, reprocessLater }: WorkRunner,
  { key, token }: Claim,
  { attempts, verdict }: Stage,
  isLast: boolean,
): Promise<boolean> {
  if (verdict.action !== 'reprocess') return false
  const fault = attempts.flatMap((a) => (a.ok || a.error.code === 'E_CRASHED' ? [] : a.error))[0]
  if (isForLater(fault, isLast)) return false
  if (await store.reprocess(key, token, attempts)) await reprocessLater(key)
  return true
}

async function runStage(runner: WorkRunner, claim: Claim, isLast: boolean): Promise<void> {
  const { key, token, type, route } = claim
  const stage = await holdingClaim(runner.store, claim, runner.renewMs ?? renewMs, (signal) =>
    readWork(runner, claim, isLast, signal).catch(toErrorReport),
  )
  if (stage === null) return void (await runner.store.release(key, token))
  if ('code' in stage) return settle(runner, claim, failedResult(type.name, route, stage), isLast)
  if (await reprocess(runner, claim, stage, isLast)) return
  await settle(runner, claim, resultOf(type, route, stage), isLast, stage.consensus?.urgency)
}

/**
 * Does the next stage of the work of a key once: claim, read, then store the result or give it out for reprocessing.
 * Rejects with a retryable error when the work should be given out again; at the last time (`isLast`) a fault that did
 * not pass is the result. Work that somebody else holds is left alone; reading ends once nobody waits for it any more. A
 * result that comes after somebody else's claim is dropped.
 */
export async function runWork(runner: WorkRunner, key: string, isLast = true): Promise<void> {
  const claim = await runner.store.claim(key)
  if (!claim) return
  try {
    await runStage(runner, claim, isLast)
  } catch (error) {
    if (error instanceof ParallaxError && error.remedy === 'retry') throw error
    const { type, route, token } = claim
    await runner.store.finish(key, token, 'failed', failedResult(type.name, route, toErrorReport(error)))
  }
}
