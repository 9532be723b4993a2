import type { RunTask } from '../../compute/run-task.ts'
import type { Allowance } from '../../compute/task-process.ts'
import type { Acceptance } from '../../core/acceptance.ts'
import { ParallaxError, toErrorReport } from '../../core/errors.ts'
import type { StoredResult, TypeRef } from '../../core/jobs.ts'
import type { ExtractionPath } from '../../core/extraction.ts'
import {
  attemptSchema,
  consensusSchema,
  type Attempt,
  type Case,
  type Consensus,
  type Verdict,
} from '../../core/judging.ts'
import type { Split } from '../../core/part.ts'
import type { ToldType } from '../../core/told-type.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { VlmSettings } from '../../core/vlm.ts'
import type { StrategyPlans } from '../../routing/strategies.ts'
import { doubtsAboutType } from '../../routing/told-type-doubts.ts'
import { failedResult, toResult } from '../../routing/to-result.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import type { AttemptRequest } from './attempt.ts'
import type { JudgeRequest } from '../judging/judge-in-child.ts'
import { selectionBy, severalParts, withObjections, withSeveral, type Selection } from './parts.ts'

export interface Reader {
  readonly run: RunTask
  readonly plans: StrategyPlans
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly accept?: Acceptance
  /** See `AttemptRequest`. */
  readonly pipeline?: string
  readonly pageMs: number
  /** Milliseconds that reading a document may take, all its pages and paths together. */
  readonly documentMs: number
  /** Default never. */
  readonly split?: Split
  /** The vendor templates of the documents' type. */
  readonly templates?: readonly VendorTemplate[]
  /** How sure the documents' type is, where their words told it. */
  readonly told?: ToldType
}

const msOf = (attempt: Attempt): number => (attempt.ok ? attempt.extraction.ms : attempt.ms)

const tookTooLong = (documentMs: number): ParallaxError =>
  new ParallaxError(
    'E_TIMEOUT',
    `Reading took longer than the ${documentMs / 1000} s that a document may take in all. Please split it, or raise PARALLAX_DOCUMENT_SECONDS.`,
  )

/** The milliseconds that are left for a document after these attempts; E_TIMEOUT when there are none. */
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

/** The request to one path of a strategy. */
export function requestFor(
  { ocr, vlm, accept, pipeline, pageMs, split = 'never', templates = [] }: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  path: ExtractionPath,
  selection: Selection | null = null,
): AttemptRequest {
  const which = selection ? { part: selection.part, doubts: [...selection.doubts] } : {}
  const engines = { ocr, vlm, accept, pipeline, pageMs, split, templates: [...templates] }
  return { bytes, type, route, path, ...engines, ...which }
}

export interface AttemptOptions {
  /** Earlier attempts: they have used some of the time that the document has. */
  readonly earlier?: readonly Attempt[]
  /** The part of the file to read, where another path has told several documents apart. */
  readonly selection?: Selection | null
  readonly signal?: AbortSignal | undefined
}

/** One path's attempt on a document; its failure is an attempt, too. Rejects on abort. */
export const attemptPath = (
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  path: ExtractionPath,
  { earlier = [], selection = null, signal }: AttemptOptions = {},
): Promise<Attempt> =>
  attempt(reader, requestFor(reader, bytes, type, route, path, selection), earlier, signal)

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

/**
 * What a route makes of attempts on one document, or on the first of several in a file, which is never accepted then. Rejects
 * when judging fails.
 */
export async function judgeAttempts(
  reader: Reader,
  type: TypeRef,
  route: Strategy,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
): Promise<Stage> {
  const read = withSeveral(await consensusOf(reader, type, attempts, signal), attempts)
  const consensus = withObjections(read, reader.told ? doubtsAboutType(reader.told, type.name) : [])
  const known = { attempts: attempts as Case['attempts'], consensus }
  return { ...known, verdict: reader.plans[route].decide(known) }
}

/** Whether an attempt took the data that the file itself holds: there is nothing left to read. */
const isEmbedded = ({ ok, path }: Attempt): boolean => ok && path === 'embedded'

/** The attempts of the next paths on what the first that can finds to be the first document, or on the one selected. */
export async function readPaths(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  earlier: readonly Attempt[],
  signal?: AbortSignal,
  selected: Selection | null = null,
): Promise<readonly Attempt[]> {
  const { paths, reserve } = reader.plans[route]
  const attempts = [...earlier]
  for (const path of earlier.length === 0 ? paths : reserve) {
    if (attempts.some(isEmbedded)) break
    const selection = selected ?? selectionBy(attempts)
    attempts.push(
      await attemptPath(reader, bytes, type, route, path, { earlier: attempts, selection, signal }),
    )
  }
  return attempts
}

/**
 * The next stage of a document: its route's paths read it, or the reserve ones where `earlier` attempts were left in
 * doubt; then all attempts are judged together. Of a file of several documents the first is read. Rejects on abort and
 * when judging fails.
 */
export async function readStage(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  earlier: readonly Attempt[] = [],
  signal?: AbortSignal,
): Promise<Stage> {
  const attempts = await readPaths(reader, bytes, type, route, earlier, signal)
  return judgeAttempts(reader, type, route, attempts, signal)
}

/** The result of the last stage; its `ms` is the time of all attempts. */
export function resultOf(type: TypeRef, route: Strategy, stage: Stage, told?: ToldType): StoredResult {
  const ms = stage.attempts.reduce((sum, one) => sum + msOf(one), 0)
  const parts = severalParts(stage.attempts)
  return toResult({
    ...{ documentType: type.name, route, ...stage, ms },
    ...{ ...(parts && { parts }), ...(told && { told }) },
  })
}

/** What attempts come to, with those of the paths in reserve where they are left in doubt. */
export async function endWith(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
  selection: Selection | null = null,
): Promise<StoredResult> {
  const stage = await judgeAttempts(reader, type, route, attempts, signal)
  if (stage.verdict.action !== 'reprocess') return resultOf(type, route, stage, reader.told)
  const all = await readPaths(reader, bytes, type, route, stage.attempts, signal, selection)
  return resultOf(type, route, await judgeAttempts(reader, type, route, all, signal), reader.told)
}

/** Runs a reading; what went wrong stands in its result, with the time that it took. Rejects on abort only. */
export async function timed(
  type: TypeRef,
  route: Strategy,
  read: () => Promise<StoredResult>,
  signal?: AbortSignal,
): Promise<StoredResult> {
  const started = performance.now()
  const elapsed = (): number => Math.round(performance.now() - started)
  try {
    return { ...(await read()), ms: elapsed() }
  } catch (error) {
    signal?.throwIfAborted()
    return failedResult(type.name, route, toErrorReport(error), [], elapsed())
  }
}

/**
 * Reads one document by a route, in as many stages as it takes; of a file of several the first, which is then for a person to
 * see. Never rejects but on abort: what went wrong stands in the result.
 */
export const readDocument = (
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  signal?: AbortSignal,
): Promise<StoredResult> =>
  timed(
    type,
    route,
    async () => {
      const attempts = await readPaths(reader, bytes, type, route, [], signal)
      return endWith(reader, bytes, type, route, attempts, signal)
    },
    signal,
  )
