import { fromErrorReport, ParallaxError, toErrorReport, type ErrorReport } from '../../core/errors.ts'
import type { BlobStore, Claim, JobStore, Result } from '../../core/jobs.ts'
import { failedResult } from '../../routing/to-result.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { withAudit } from '../judging/audit.ts'
import { readStage, resultOf, type Reader, type Stage } from './read-document.ts'
import { parseTemplates } from './templates.ts'

export interface WorkRunner {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly reader: Reader
  /** Has a key's reserve paths read it, some time soon. */
  reprocessLater(key: string): Promise<void>
  /** Of accepted documents, that a person sees all the same, 0 to 1. */
  readonly auditShare: number
}

/** Work that killed its process so often is not tried again. */
const maxDeaths = 2

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

/** The vendor templates that were in force when the work was submitted. */
async function templatesOf(blobs: BlobStore, hash: string | null): Promise<readonly VendorTemplate[]> {
  if (hash === null) return []
  const bytes = await blobs.get(hash)
  if (bytes) return parseTemplates(bytes)
  throw new ParallaxError('E_STORAGE', 'The vendor templates are not stored: submit the file again.')
}

/** The next stage, by the engines the work was submitted for, whatever this process would use for its own. */
async function readWork({ blobs, reader }: WorkRunner, claim: Claim): Promise<Stage> {
  const { blob, type, route, ocr, pipeline } = claim
  const vlm = { ...reader.vlm, name: claim.vlm }
  const bytes = blob === '' ? null : await blobs.get(blob)
  const templates = await templatesOf(blobs, claim.templates)
  if (bytes)
    return readStage({ ...reader, ocr, vlm, pipeline, templates }, bytes, type, route, claim.attempts)
  throw new ParallaxError('E_STORAGE', 'The file is not stored: submit it again.')
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

/** Whether the same work should be tried again rather than be judged as it is. */
const isForLater = (error: ErrorReport | undefined, isLast: boolean): error is ErrorReport =>
  error !== undefined &&
  (error.code === 'E_BUSY' || error.code === 'E_NOT_READY' || (error.retryable && !isLast))

async function giveBack({ store }: WorkRunner, { key, token }: Claim, error: ErrorReport): Promise<void> {
  await store.release(key, token)
  if (error.code !== 'E_BUSY') throw fromErrorReport(error)
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
  const { type, route } = claim
  const stage = await readWork(runner, claim).catch(toErrorReport)
  if ('code' in stage) return settle(runner, claim, failedResult(type.name, route, stage), isLast)
  if (await reprocess(runner, claim, stage, isLast)) return
  await settle(runner, claim, resultOf(type, route, stage), isLast, stage.consensus?.urgency)
}

/**
 * Does the next stage of the work of a key once: claim, read, then store the result or give it out for reprocessing.
 * Rejects with a retryable error when the work should be given out again; at the last time (`isLast`) a fault that did
 * not pass is the result. A result that comes after somebody else's claim is dropped.
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
