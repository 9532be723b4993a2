import type { Allowance } from '../../compute/task-process.ts'
import type { Acceptance } from '../../core/acceptance.ts'
import { ParallaxError, toErrorReport } from '../../core/errors.ts'
import type { Result, TypeRef } from '../../core/jobs.ts'
import type { ExtractionPath } from '../../core/extraction.ts'
import {
  attemptSchema,
  consensusSchema,
  type Attempt,
  type Case,
  type Consensus,
  type Verdict,
} from '../../core/judging.ts'
import type { Route } from '../../core/row.ts'
import type { VlmSettings } from '../../core/vlm.ts'
import type { RoutePlans } from '../../routing/routes.ts'
import { failedResult, toResult } from '../../routing/to-result.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import type { AttemptRequest } from './attempt.ts'
import type { JudgeRequest } from '../judging/judge-in-child.ts'

/** Runs a task of the extraction children. */
export type RunTask = (
  task: string,
  payload: unknown,
  options?: { readonly signal?: AbortSignal; readonly deadlineMs?: number; readonly allowance?: Allowance },
) => Promise<unknown>

export interface Reader {
  readonly run: RunTask
  readonly plans: RoutePlans
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly accept?: Acceptance
  /** See `AttemptRequest`. */
  readonly pipeline?: string
  readonly pageMs: number
  /** Milliseconds that reading a document may take, all its pages and paths together. */
  readonly documentMs: number
  /** Those of the type of the documents that are read. */
  readonly templates?: readonly VendorTemplate[]
}

const msOf = (attempt: Attempt): number => (attempt.ok ? attempt.extraction.ms : attempt.ms)

const tookTooLong = (documentMs: number): ParallaxError =>
  new ParallaxError(
    'E_TIMEOUT',
    `Reading took longer than the ${documentMs / 1000} s that a document may take in all. Please split it, or raise PARALLAX_DOCUMENT_SECONDS.`,
  )

/** What is left to a document after attempts; E_TIMEOUT when that is nothing. */
function allowanceAfter({ documentMs }: Reader, attempts: readonly Attempt[]): Allowance {
  const error = tookTooLong(documentMs)
  const ms = documentMs - attempts.reduce((sum, one) => sum + msOf(one), 0)
  if (ms <= 0) throw error
  return { ms, error }
}

async function attempt(
  reader: Reader,
  request: AttemptRequest,
  earlier: readonly Attempt[],
  signal?: AbortSignal,
): Promise<Attempt> {
  const started = performance.now()
  try {
    const options = { allowance: allowanceAfter(reader, earlier), ...(signal ? { signal } : {}) }
    return attemptSchema.parse(await reader.run('extract', request, options))
  } catch (error) {
    signal?.throwIfAborted()
    return {
      path: request.path,
      ok: false,
      error: toErrorReport(error),
      ms: Math.round(performance.now() - started),
    }
  }
}

/** What a path of a route is asked to read. */
export function requestFor(
  { ocr, vlm, accept, pipeline, pageMs, templates = [] }: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  path: ExtractionPath,
): AttemptRequest {
  return { bytes, type, route, path, ocr, vlm, accept, pipeline, pageMs, templates: [...templates] }
}

/** One path's attempt on a document after `earlier` ones; what went wrong stands in it. Rejects on abort. */
export const attemptPath = (
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  path: ExtractionPath,
  earlier: readonly Attempt[] = [],
  signal?: AbortSignal,
): Promise<Attempt> => attempt(reader, requestFor(reader, bytes, type, route, path), earlier, signal)

/** What one stage of reading came to: `reprocess` asks for the route's reserve paths. */
export interface Stage extends Case {
  readonly verdict: Verdict
}

/** Judging thousands of records takes longer than a page may: it has what the document has left, and a page's time at least. */
const judgingMs = ({ documentMs, pageMs }: Reader, attempts: readonly Attempt[]): number =>
  Math.max(pageMs, documentMs - attempts.reduce((sum, one) => sum + msOf(one), 0))

async function consensusOf(
  reader: Reader,
  type: TypeRef,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<Consensus | null> {
  if (!attempts.some((a) => a.ok)) return null
  const { run, templates = [] } = reader
  const deadlineMs = judgingMs(reader, attempts)
  const request: JudgeRequest = { type, templates: [...templates], attempts: [...attempts] }
  return consensusSchema
    .nullable()
    .parse(await run('judge', request, { deadlineMs, ...(signal ? { signal } : {}) }))
}

/** What a route makes of attempts on one document. Rejects when judging fails. */
export async function judgeAttempts(
  reader: Reader,
  type: TypeRef,
  route: Route,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<Stage> {
  const consensus = await consensusOf(reader, type, attempts, signal)
  const known = { attempts: attempts as Case['attempts'], consensus }
  return { ...known, verdict: reader.plans[route].policy.decide(known) }
}

/**
 * The next stage of a document: its route's paths read it, or the reserve ones where `earlier` attempts were left in
 * doubt; then all attempts are judged together. Rejects on abort and when judging fails.
 */
export async function readStage(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  earlier: readonly Attempt[] = [],
  signal?: AbortSignal,
): Promise<Stage> {
  const { paths, reserve } = reader.plans[route]
  const attempts = [...earlier]
  for (const path of earlier.length === 0 ? paths : reserve)
    attempts.push(await attemptPath(reader, bytes, type, route, path, attempts, signal))
  return judgeAttempts(reader, type, route, attempts, signal)
}

/** A stage that is the last one, as a result; `ms` is what all its attempts took. */
export function resultOf(type: TypeRef, route: Route, stage: Stage): Result {
  const ms = stage.attempts.reduce((sum, one) => sum + msOf(one), 0)
  return toResult({ documentType: type.name, route, ...stage, ms })
}

/** Reads one document by a route, in as many stages as it takes; never rejects but on abort: what went wrong stands in the result. */
export async function readDocument(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  signal?: AbortSignal,
): Promise<Result> {
  const started = performance.now()
  const elapsed = (): number => Math.round(performance.now() - started)
  try {
    let stage = await readStage(reader, bytes, type, route, [], signal)
    if (stage.verdict.action === 'reprocess')
      stage = await readStage(reader, bytes, type, route, stage.attempts, signal)
    return { ...resultOf(type, route, stage), ms: elapsed() }
  } catch (error) {
    signal?.throwIfAborted()
    return failedResult(type.name, route, toErrorReport(error), [], elapsed())
  }
}
