import { createParser } from 'eventsource-parser'
import { batchSchema, type BatchAnswer } from '../contract/jobs.ts'
import type { Calls } from './calls.ts'
import { pause } from './retry-policy.ts'
import { ServiceError } from './service-error.ts'
import { textOf } from './text-of.ts'

export interface Watching {
  readonly calls: Calls
  readonly url: string
  /** Between two looks where events do not come through. */
  readonly pollMs: number
}

const tidings = new Set(['progress', 'finished'])

/** What the service tells of a batch, until it has no more to tell. */
async function* events(
  { calls, url }: Watching,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<BatchAnswer> {
  const told: BatchAnswer[] = []
  const parser = createParser({
    onEvent: ({ event = '', data }) => {
      if (tidings.has(event)) told.push(batchSchema.parse(JSON.parse(data)))
    },
  })
  const init = { params: { path: { id } }, parseAs: 'stream', ...(signal && { signal }) } as const
  const body = await calls.get('/v1/batches/{id}/events', init)
  for await (const text of textOf(body, url)) {
    parser.feed(text)
    yield* told.splice(0)
  }
}

/** The same as `events`, which says nothing more when they do not come through. */
async function* eventsIfAny(
  ...[watching, id, signal]: Parameters<typeof events>
): AsyncGenerator<BatchAnswer> {
  try {
    yield* events(watching, id, signal)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
  }
}

async function* looks(
  ...[watching, id, signal]: Parameters<typeof events>
): AsyncGenerator<BatchAnswer, never> {
  for (;;) {
    yield* eventsIfAny(watching, id, signal)
    // Says what is wrong, if something is, and how things stand where a proxy keeps events to itself.
    const init = { params: { path: { id } }, ...(signal && { signal }) }
    yield batchSchema.parse(await watching.calls.get('/v1/batches/{id}', init))
    await pause(watching.pollMs, signal)
  }
}

/**
 * A batch as it is now and whenever it changes, up to the moment at which every document has ended or waits for a person.
 * Rejects with a ServiceError, and with the signal's reason.
 */
export async function* watchBatch(
  watching: Watching,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<BatchAnswer> {
  let last = ''
  for await (const batch of looks(watching, id, signal)) {
    const text = JSON.stringify(batch)
    if (text !== last) yield batch
    last = text
    if (batch.finished) return
  }
}
