/**
 * The service from a program: `import { createClient } from 'parallax/client'`.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { resultAnswerSchema, type AcceptedBatch, type BatchAnswer, type JobAnswer } from '../contract/jobs.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Strategy } from '../core/extraction-result.ts'
import { typedResult, type TypedResult } from '../core/typed-result.ts'
import { createCalls, type Calls } from './calls.ts'
import { batchResults, eachJob, type JobsOptions, type RowsOptions } from './rows.ts'
import { formOf, type Upload } from './upload.ts'
import { watchBatch } from './watch.ts'

export { ServiceError } from './service-error.ts'
export { ParallaxError } from '../core/errors.ts'
export type { Call, Calls } from './calls.ts'
export type { components, operations, paths } from './openapi.ts'
export type { JobsOptions, RowsOptions } from './rows.ts'
export type { Upload } from './upload.ts'
export type { TypedResult } from '../core/typed-result.ts'

const optionsSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:7272'),
  key: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'it is letters and digits without spaces')
    .optional(),
  retries: z.int().min(0).max(100).default(4),
  maxWaitSeconds: z.number().min(0).max(3600).default(30),
  pollSeconds: z.number().min(0.01).max(3600).default(2),
})

export interface ClientOptions {
  /** Where the service is; default http://127.0.0.1:7272. */
  readonly url?: string | undefined
  /** Made by `parallax keys create`; a service on this machine for which none was made asks for none. */
  readonly key?: string | undefined
  /** How often the same is asked again of a service that is busy or does not answer; default 4. */
  readonly retries?: number | undefined
  /** The longest wait before asking again; default 30. A service that asks for a longer wait is not asked again. */
  readonly maxWaitSeconds?: number | undefined
  /** Between two looks at a batch where its events do not come through; default 2. */
  readonly pollSeconds?: number | undefined
}

export interface ExtractOptions<T> {
  /** Name of a document type; default receipt. */
  readonly type?: string | undefined
  /** Default auto. */
  readonly route?: Strategy | undefined
  /** Of the data; says what `result.data` is. */
  readonly schema?: z.ZodType<T> | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SubmitOptions extends Omit<ExtractOptions<unknown>, 'schema'> {
  /** Where to post to when all documents have ended. */
  readonly callback?: string | undefined
  /** High: read before the other documents of the same tenant. */
  readonly priority?: 'normal' | 'high' | undefined
  /** What people call the batch. */
  readonly name?: string | undefined
  /** What it goes by elsewhere. */
  readonly reference?: string | undefined
  /** Told with every result: at most 50 values, 3 deep. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** The same files under the same key are one batch; by default every call makes a new one. */
  readonly idempotencyKey?: string | undefined
}

export interface WaitOptions {
  readonly onProgress?: ((batch: BatchAnswer) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** All methods reject with a ServiceError, or with the reason of their signal. */
export interface Client extends Calls {
  /** Hands documents in as one batch; when this resolves they are safe with the service, also when it was asked twice. */
  submit(files: Iterable<Upload>, options?: SubmitOptions): Promise<AcceptedBatch>
  /** How a batch comes along: as it is, then whenever it changes, up to its end. */
  watch(batch: string, options?: Pick<WaitOptions, 'signal'>): AsyncIterable<BatchAnswer>
  /** Waits until every document of a batch has ended or waits for a person. */
  wait(batch: string, options?: WaitOptions): Promise<BatchAnswer>
  /** The results that a batch has by now, with all corrections, in the order of its files. */
  rows<T = unknown>(batch: string, options?: RowsOptions<T>): AsyncIterable<TypedResult<T>>
  /** The jobs of a batch, or all. */
  jobs(options?: JobsOptions): AsyncIterable<JobAnswer>
  /** Submits, waits, and answers the results in the order of the files. */
  extractAll<T = unknown>(
    files: Iterable<Upload>,
    options?: ExtractOptions<T> & SubmitOptions & WaitOptions,
  ): AsyncIterable<TypedResult<T>>
  /** Reads one small document at once; nothing of it is kept. Rejects with why it cannot be read. */
  extract<T = unknown>(file: Upload, options?: ExtractOptions<T>): Promise<TypedResult<T>>
}

function connectionOf(options: ClientOptions) {
  const parsed = optionsSchema.safeParse(options)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The option ${path.join('.') || 'of the client'} cannot be used: ${message}.`,
    )
  }
  const { url, key, retries, maxWaitSeconds, pollSeconds } = parsed.data
  return {
    connection: { url: url.replace(/\/+$/, ''), key, retries, maxWaitMs: maxWaitSeconds * 1000 },
    pollMs: pollSeconds * 1000,
  }
}

async function submit(
  calls: Calls,
  files: Iterable<Upload>,
  { metadata, idempotencyKey = randomUUID(), signal, ...said }: SubmitOptions,
): Promise<AcceptedBatch> {
  const { type, route, callback, priority, name, reference } = said
  const told = metadata && { metadata: JSON.stringify(metadata) }
  const form = await formOf({ type, route, callback, priority, name, reference, ...told }, files)
  return calls.post('/v1/batches', {
    params: { header: { 'idempotency-key': idempotencyKey } },
    body: { files: [] },
    bodySerializer: () => form,
    ...(signal && { signal }),
  })
}

async function extract<T>(
  calls: Calls,
  file: Upload,
  { type, route, schema, signal }: ExtractOptions<T>,
): Promise<TypedResult<T>> {
  const form = await formOf({ type, route }, [file])
  const result = await calls.post('/v1/extract', {
    body: { file: '' },
    bodySerializer: () => form,
    ...(signal && { signal }),
  })
  return typedResult(resultAnswerSchema.parse(result), schema)
}

/** A client of a Parallax service. E_BAD_REQUEST names an option that cannot be used. */
export function createClient(options: ClientOptions = {}): Client {
  const { connection, pollMs } = connectionOf(options)
  const { url } = connection
  const calls = createCalls(connection)
  const watching = { calls, url, pollMs }

  async function wait(id: string, { onProgress, signal }: WaitOptions = {}): Promise<BatchAnswer> {
    let last: BatchAnswer | undefined
    for await (const batch of watchBatch(watching, id, signal)) {
      last = batch
      onProgress?.(batch)
    }
    return last!
  }

  return {
    ...calls,
    wait,
    submit: (files, options = {}) => submit(calls, files, options),
    extract: (file, options = {}) => extract(calls, file, options),
    watch: (id, { signal } = {}) => watchBatch(watching, id, signal),
    rows: (id, options = {}) => batchResults(calls, url, id, options),
    jobs: (options = {}) => eachJob(calls, options),
    async *extractAll(files, options = {}) {
      const { id } = await submit(calls, files, options)
      await wait(id, options)
      yield* batchResults(calls, url, id, options)
    },
  }
}
