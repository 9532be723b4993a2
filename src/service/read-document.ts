import { toErrorReport } from '../core/errors.ts'
import type { Result, TypeRef } from '../core/jobs.ts'
import type { Attempt, RouterPolicy } from '../core/judging.ts'
import type { Route } from '../core/row.ts'
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
  readonly policy: RouterPolicy
  readonly ocr: string
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

/** Reads one document by a route and judges the reading; never rejects but on abort: what went wrong stands in the result. */
export async function readDocument(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Route,
  signal?: AbortSignal,
): Promise<Result> {
  const started = performance.now()
  const { ocr, pipeline, pageMs, templates = [] } = reader
  const request: AttemptRequest = {
    bytes,
    type,
    path: 'modular',
    ocr,
    pipeline,
    pageMs,
    templates: [...templates],
  }
  const attempts = [await attempt(reader, request, signal)] as const
  const verdict = reader.policy.decide(attempts)
  const ms = Math.round(performance.now() - started)
  return toResult({ documentType: type.name, route, attempts, verdict, ms })
}
