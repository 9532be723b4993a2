import { setTimeout as delay } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { BatchAnswer, BatchFinished } from '../../contract/jobs.ts'
import type { Callback, CallbackStore } from '../../core/callbacks.ts'
import { ParallaxError } from '../../core/errors.ts'
import { requireAllowed, type WebhookHosts } from './callback-hosts.ts'

export interface CallbackOptions {
  readonly store: CallbackStore
  readonly hosts: WebhookHosts
  /** Base64, as Standard Webhooks want it, with or without `whsec_`. */
  readonly secret: string
  /** What is told of a batch. */
  answerOf(callback: Callback): Promise<BatchAnswer>
  /** Told of what this loop itself cannot do. */
  onError(error: unknown): void
  readonly timing?: Partial<CallbackTiming>
}

export interface CallbackTiming {
  /** Between two looks, in milliseconds. */
  readonly everyMs: number
  /** How long a try may take. */
  readonly timeoutMs: number
  /** Before each further try: as many tries as there are of these, and one. */
  readonly waitsMs: readonly number[]
}

/** Five tries in about ten minutes. */
const usual: CallbackTiming = { everyMs: 1_000, timeoutMs: 10_000, waitsMs: [10e3, 40e3, 150e3, 400e3] }

/** Callbacks that are on their way at the same time. */
const atOnce = 20

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString()

/** Throws unless the other side says that it got it; does not follow it elsewhere. */
async function post(
  { batch, url }: Callback,
  data: BatchAnswer,
  webhook: Webhook,
  signal: AbortSignal,
): Promise<void> {
  const now = new Date()
  const body = JSON.stringify({
    type: 'batch.finished',
    timestamp: now.toISOString(),
    data,
  } satisfies BatchFinished)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'parallax',
    'webhook-id': batch.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': webhook.sign(batch.id, now, body),
  }
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`it answered ${response.status}`)
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** Tells the submitters of batches that have ended, again and again until each was told or given up; until it is disposed of. */
export function runCallbacks(options: CallbackOptions): AsyncDisposable {
  const { store, hosts, secret, answerOf, onError } = options
  const { everyMs, timeoutMs, waitsMs } = { ...usual, ...options.timing }
  const webhook = new Webhook(secret)
  const closing = new AbortController()

  async function tell(callback: Callback): Promise<void> {
    const { id } = callback.batch
    const answer = await answerOf(callback)
    try {
      requireAllowed(callback.url, hosts)
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)])
      await post(callback, answer, webhook, signal)
    } catch (error) {
      if (closing.signal.aborted) return
      const wait =
        error instanceof ParallaxError && error.code === 'E_URL_BLOCKED'
          ? undefined
          : waitsMs[callback.attempts]
      if (wait === undefined) return store.settle(id, whyNot(error))
      return store.postpone(id, inMs(wait))
    }
    await store.settle(id, null)
  }

  async function look(): Promise<void> {
    const due = await store.take(new Date().toISOString(), inMs(2 * timeoutMs), atOnce)
    await Promise.all(due.map((callback) => tell(callback).catch(onError)))
  }

  async function loop(): Promise<void> {
    while (!closing.signal.aborted) {
      await look().catch(onError)
      await delay(everyMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  }

  const ended = loop()
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await ended
    },
  }
}
