import { toErrorReport } from '../core/errors.ts'
import type { Result, TypeRef } from '../core/jobs.ts'
import type { ExtractionPath } from '../core/extraction.ts'
import type { Attempt } from '../core/judging.ts'
import type { Route } from '../core/row.ts'
import type { VlmSettings } from '../core/vlm.ts'
import type { RoutePlans } from '../routing/routes.ts'
import { toResult } from '../routing/to-result.ts'
import type { VendorTemplate } from '../templating/vendor/vendor-template.ts'
import { attemptSchema, type AttemptRequest } from './attempt.ts'

/** Runs a task of the extraction children. */
export type RunTask = (
  task: string,
  payload: unknown,
  options?: { readonly signal?: AbortSignal },
) => Promise<unknown>

export interface Reader {
  readonly run: RunTask
  readonly plans: RoutePlans
  readonly ocr: string
  readonly vlm: VlmSettings
  /** See `AttemptRequest`. */
  readonly pipeline?: string
  readonly pageMs: number
  /** Those of the type of the documents that are read. */
  readonly templates?: readonly VendorTemplate[]
}

async function attempt(reader: Reader, request: AttemptRequest, signal?: AbortSignal): Promise<Attempt> {
  const started = performance.now()
  try {
    return attemptSchema.parse(await reader.run('extract', request, signal ? { signal } : {}))
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
  { ocr, vlm, pipeline, pageMs, templates = [] }: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  path: ExtractionPath,
): AttemptRequest {
  return { bytes, type, route, path, ocr, vlm, pipeline, pageMs, templates: [...templates] }
}

/** Reads one document by a route and judges the reading; never rejects but on abort: what went wrong stands in the result. */
export async function readDocument(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  signal?: AbortSignal,
): Promise<Result> {
  const started = performance.now()
  const { paths, policy } = reader.plans[route]
  const read = (path: ExtractionPath): Promise<Attempt> =>
    attempt(reader, requestFor(reader, bytes, type, route, path), signal)
  const [first, ...more] = paths
  const attempts: [Attempt, ...Attempt[]] = [await read(first)]
  for (const path of more) attempts.push(await read(path))
  const verdict = policy.decide(attempts)
  const ms = Math.round(performance.now() - started)
  return toResult({ documentType: type.name, route, attempts, verdict, ms })
}
