import {
  fromErrorReport,
  ParallaxError,
  toErrorReport,
  type ErrorCode,
  type ErrorReport,
} from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Lease, StoredResult } from '../../core/jobs.ts'
import { anyType } from '../../core/told-type.ts'
import { failedResult } from '../../routing/to-result.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { withAudit } from '../judging/audit-draw.ts'
import { holdingLease, renewMs } from './hold-lease.ts'
import { readStage, resultOf, type Reader, type Stage } from './read-document.ts'
import { keepTemplates, parseTemplates, type TemplateFolder } from '../types/templates.ts'
import { tellTypesOf, toldReader } from './told-reader.ts'
import { splitOf } from './pipeline.ts'

/** What a log may say of a document that has ended: nothing of what is in it. */
export interface WorkEnd {
  readonly key: string
  readonly type: string
  readonly status: string
  /** Why it failed; null where it has not. */
  readonly code: string | null
  readonly ms: number
}

export interface WorkRunner {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly reader: Reader
  /** Has a key's reserve paths read it, some time soon. */
  reprocessLater(key: string): Promise<void>
  /** The share of accepted documents that are sent to review all the same, 0 to 1. */
  readonly auditShare: number
  /** Is told of every document that has ended. */
  readonly onEnd?: (end: WorkEnd) => void
  /** Where vendor templates for types that are told are looked for; left out, nowhere. */
  readonly templates?: TemplateFolder
  /** Between two renewals of a lease, in milliseconds; default `renewMs`. */
  readonly renewMs?: number
}

/** Stores the result, and tells of it unless somebody else has the lease by now. */
async function end(
  { store, onEnd }: WorkRunner,
  { key, token, type }: Lease,
  status: Parameters<JobStore['finish']>[2],
  result: StoredResult,
  reviewPriority?: number,
): Promise<void> {
  if (!(await store.finish(key, token, status, result, reviewPriority))) return
  onEnd?.({ key, type: type.name, status, code: result.error?.code ?? null, ms: result.ms })
}

/** Work that has killed its process this often is quarantined. */
const maxDeaths = 2

function poisoned({ type, route }: Lease, deaths: number): StoredResult {
  const message = `Reading this file ended its process ${deaths} times; it is set aside.`
  return failedResult(type.name, route, { code: 'E_POISON', message, retryable: false })
}

async function crashed(runner: WorkRunner, lease: Lease, error: ErrorReport): Promise<void> {
  const deaths = await runner.store.recordCrash(lease.key)
  if (deaths === 0) return // It was deleted meanwhile.
  if (deaths >= maxDeaths) {
    await end(runner, lease, 'quarantined', poisoned(lease, deaths))
    return
  }
  await runner.store.release(lease.key, lease.token)
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

async function materialOf(blobs: BlobStore, { blob, templates }: Lease): Promise<Material | null> {
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
  lease: Lease,
  isLast: boolean,
  signal: AbortSignal,
): Promise<Stage | ErrorReport> {
  const { type, route, ocr, pipeline, attempts } = lease
  const material = await materialOf(blobs, lease)
  if (!material) return notStored(isLast)
  const { bytes, templates } = material
  const vlm = { ...reader.vlm, name: lease.vlm }
  const { told } = lease
  const own = { ...reader, ocr, vlm, pipeline, split: splitOf(pipeline), templates, ...(told && { told }) }
  return readStage(own, bytes, type, route, attempts, signal)
}

/** Why a path could not read although another one did, where reading again will do better. */
const interrupted = ({ attempts }: StoredResult): ErrorReport | undefined =>
  attempts
    .flatMap(({ error }) => error ?? [])
    .find(({ code, retryable }) => code === 'E_BUSY' || (retryable && code !== 'E_CRASHED'))

/** Stores the result, or gives the work back where the fault is not the document's. */
async function storeOrRelease(
  runner: WorkRunner,
  lease: Lease,
  result: StoredResult,
  isLast: boolean,
  reviewPriority = 0,
): Promise<void> {
  const error = result.error ?? interrupted(result)
  if (error?.code === 'E_CRASHED') return crashed(runner, lease, error)
  if (isForLater(error, isLast)) return giveBack(runner, lease, error)
  const audited = withAudit(result, lease.key, runner.auditShare)
  await end(runner, lease, audited.verdict, audited, reviewPriority)
}

/** Faults of the service, which say nothing about the document, however long they last. */
const ofService: readonly ErrorCode[] = ['E_BUSY', 'E_NOT_READY', 'E_STORAGE']

/** Whether the same work should be tried again rather than be judged as it is. */
const isForLater = (error: ErrorReport | undefined, isLast: boolean): error is ErrorReport =>
  error !== undefined && error.retryable && (!isLast || ofService.includes(error.code))

async function giveBack({ store }: WorkRunner, { key, token }: Lease, error: ErrorReport): Promise<void> {
  const isOurs = await store.release(key, token)
  if (isOurs && error.code !== 'E_BUSY') throw fromErrorReport(error)
}

/** What was left in doubt is kept and given out for the paths in reserve; false where the fault is a passing one. */
async function reprocess(
  { store, reprocessLater }: WorkRunner,
  { key, token }: Lease,
  { attempts, verdict }: Stage,
  isLast: boolean,
): Promise<boolean> {
  if (verdict.action !== 'reprocess') return false
  const fault = attempts.flatMap((a) => (a.ok || a.error.code === 'E_CRASHED' ? [] : a.error))[0]
  if (isForLater(fault, isLast)) return false
  if (await store.reprocess(key, token, attempts)) await reprocessLater(key)
  return true
}

/** The work as what the words of its document tell; null where somebody else has the lease by now. */
async function toldLease(
  { store, blobs, reader, templates }: WorkRunner,
  lease: Lease,
  isLast: boolean,
  signal: AbortSignal,
): Promise<Lease | ErrorReport | null> {
  const material = await materialOf(blobs, lease)
  if (!material) return notStored(isLast)
  const { key, token, route, ocr, pipeline } = lease
  const own = { ...reader, ocr, vlm: { ...reader.vlm, name: lease.vlm }, pipeline, split: splitOf(pipeline) }
  const { documents } = await tellTypesOf(own, material.bytes, signal)
  const { description } = await toldReader(own, documents[0]!, route, templates, signal)
  const told = {
    ...{ type: description.type, pipeline: description.pipeline, told: documents[0]!.told },
    templates: await keepTemplates(blobs, description.templates),
  }
  return (await store.retype(key, token, told)) ? { ...lease, ...told } : null
}

/** Work whose type nobody named is read as what its document is told to be, from then on. */
async function runUntold(runner: WorkRunner, lease: Lease, isLast: boolean): Promise<void> {
  const { key, token, type, route } = lease
  const told = await holdingLease(runner.store, lease, runner.renewMs ?? renewMs, (signal) =>
    toldLease(runner, lease, isLast, signal).catch(toErrorReport),
  )
  if (told === null) return void (await runner.store.release(key, token))
  if ('code' in told) return storeOrRelease(runner, lease, failedResult(type.name, route, told), isLast)
  return runStage(runner, told, isLast)
}

async function runStage(runner: WorkRunner, lease: Lease, isLast: boolean): Promise<void> {
  const { key, token, type, route } = lease
  const stage = await holdingLease(runner.store, lease, runner.renewMs ?? renewMs, (signal) =>
    readWork(runner, lease, isLast, signal).catch(toErrorReport),
  )
  if (stage === null) return void (await runner.store.release(key, token))
  if ('code' in stage) return storeOrRelease(runner, lease, failedResult(type.name, route, stage), isLast)
  if (await reprocess(runner, lease, stage, isLast)) return
  const result = resultOf(type, route, stage, lease.told)
  await storeOrRelease(runner, lease, result, isLast, stage.consensus?.reviewPriority)
}

/**
 * Does the next stage of the work of a key once: lease, read, then store the result or give it out for reprocessing.
 * Rejects with a retryable error when the work should be given out again; at the last time (`isLast`) a fault that did
 * not pass is the result. Work that somebody else holds is left alone; reading ends once nobody waits for it any more. A
 * result that comes after somebody else's lease is dropped.
 */
export async function runWork(runner: WorkRunner, key: string, isLast = true): Promise<void> {
  const lease = await runner.store.lease(key)
  if (!lease) return
  try {
    await (lease.type.name === anyType ? runUntold : runStage)(runner, lease, isLast)
  } catch (error) {
    if (error instanceof ParallaxError && error.remedy === 'retry') throw error
    await end(runner, lease, 'failed', failedResult(lease.type.name, lease.route, toErrorReport(error)))
  }
}
