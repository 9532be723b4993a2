import type { z } from 'zod'
import { jobPageSchema, resultAnswerSchema, type JobAnswer, type JobPage } from '../contract/jobs.ts'
import type { JobStatus } from '../core/jobs.ts'
import { typedResult, type TypedResult } from '../core/typed-result.ts'
import type { Calls } from './calls.ts'
import { textOf } from './text-of.ts'

export interface RowsOptions<T> {
  /** Of the data; says what `result.data` is. */
  readonly schema?: z.ZodType<T> | undefined
  /** Only those of documents that are so. */
  readonly status?: JobStatus | undefined
  readonly signal?: AbortSignal | undefined
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const text of texts) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') yield rest
}

/** The results that a batch has by now, with all corrections, in the order of its files; in one request, as they are needed. */
export async function* batchResults<T>(
  calls: Calls,
  url: string,
  batch: string,
  { schema, status, signal }: RowsOptions<T>,
): AsyncGenerator<TypedResult<T>> {
  const query = { format: 'jsonl', batch, ...(status && { status }) } as const
  const init = { params: { query }, parseAs: 'stream', ...(signal && { signal }) } as const
  const body = await calls.get('/v1/exports', init)
  for await (const line of linesOf(textOf(body, url)))
    yield typedResult(resultAnswerSchema.parse(JSON.parse(line)), schema)
}

export interface JobsOptions {
  readonly batch?: string | undefined
  readonly status?: JobStatus | undefined
  /** Jobs of one request; default 500. */
  readonly pageSize?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** All jobs of a selection in the order in which they were submitted, page after page. */
export async function* eachJob(
  calls: Calls,
  { batch, status, pageSize: limit = 500, signal }: JobsOptions,
): AsyncGenerator<JobAnswer> {
  for (let after: string | null = null; ;) {
    const query = { limit, ...(batch && { batch }), ...(status && { status }), ...(after && { after }) }
    const page: JobPage = jobPageSchema.parse(
      await calls.get('/v1/jobs', { params: { query }, ...(signal && { signal }) }),
    )
    yield* page.items
    after = page.next
    if (after === null) return
  }
}
