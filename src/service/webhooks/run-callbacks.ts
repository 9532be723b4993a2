import { setTimeout as delay } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { BatchFinished, ToldBatch } from '../../contract/jobs.ts'
import type { Callback, CallbackStore } from '../../core/callbacks.ts'
import { ParallaxError } from '../../core/errors.ts'
import { requireAllowed, type WebhookHosts } from './callback-hosts.ts'

export interface CallbackOptions {
  readonly store: CallbackStore
  readonly hosts: WebhookHosts
  /** Base64, as Standard Webhooks want it, with or without `whsec_`. */
  readonly secret: string
  /** What is told of a batch. */
  answerOf(callback: Callback): Promise<ToldBatch>
  /** Told in a sentence of each try that failed. */
  onFailure?(sentence: string): void
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

/** Callbacks that are on their way at the same time, and those of them to one host. */
const limits = { all: 20, host: 4 }

/** Callbacks that are taken and wait for others to the same host; what is more waits in the ledger. */
const heldMost = { all: 2_000, host: 500 }

/** Taken with one look. */
const lookMost = 200

interface Held {
  readonly callback: Callback
  readonly host: string
  /** In milliseconds since 1970; after that it is left to be taken again. */
  readonly startBefore: number
}

/** Does work for hosts, a few at a time and fewer for each: what waits for a slow one holds up no other. */
function lanes(work: (callback: Callback) => Promise<void>) {
  const running = new Set<Promise<void>>()
  const busy = new Map<string, number>()
  let held: Held[] = []
  const busyWith = (host: string): number => busy.get(host) ?? 0

  function start({ callback, host }: Held): void {
    busy.set(host, busyWith(host) + 1)
    const done = work(callback).finally(() => {
      running.delete(done)
      busy.set(host, busyWith(host) - 1)
      startNext()
    })
    running.add(done)
  }

  function startNext(): void {
    const now = Date.now()
    const left: Held[] = []
    for (const one of held) {
      if (one.startBefore <= now) continue
      if (running.size < limits.all && busyWith(one.host) < limits.host) start(one)
      else left.push(one)
    }
    held = left
  }

  return {
    room: (): number => Math.min(lookMost, heldMost.all - held.length),
    add(due: readonly Callback[], startBefore: number): void {
      for (const callback of due) {
        const { host } = new URL(callback.url)
        const waiting = held.filter((one) => one.host === host).length
        if (waiting < heldMost.host) held.push({ callback, host, startBefore })
      }
      startNext()
    },
    async end(): Promise<void> {
      held = []
      await Promise.all(running)
    },
  }
}

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString()

/** Throws unless the other side says that it got it; does not follow it elsewhere. */
async function post(
  { id, url }: Callback,
  data: ToldBatch,
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
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, now, body),
  }
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`it answered ${response.status}`)
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

const waitAfter = (error: unknown, waitsMs: readonly number[], attempts: number): number | undefined =>
  error instanceof ParallaxError && error.code === 'E_URL_BLOCKED' ? undefined : waitsMs[attempts]

/** Without the path, which may hold a secret. */
const failure = ({ batch, url }: Callback, why: string, isLast: boolean): string =>
  `Batch ${batch.id} could not be told to ${new URL(url).host}: ${why}; ${isLast ? 'it is given up' : 'it is tried again'}.`

/** How one submitter is told, once; a try that fails is put off, or was the last. */
function telling(
  { store, hosts, secret, answerOf, onFailure }: CallbackOptions,
  { timeoutMs, waitsMs }: CallbackTiming,
  closing: AbortSignal,
): (callback: Callback) => Promise<void> {
  const webhook = new Webhook(secret)
  return async (callback) => {
    const { id } = callback.batch
    const answer = await answerOf(callback)
    try {
      requireAllowed(callback.url, hosts)
      await post(callback, answer, webhook, AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]))
    } catch (error) {
      if (closing.aborted) return
      const wait = waitAfter(error, waitsMs, callback.attempts)
      onFailure?.(failure(callback, whyNot(error), wait === undefined))
      if (wait === undefined) return store.settle(id, whyNot(error))
      return store.postpone(id, inMs(wait))
    }
    await store.settle(id, null)
  }
}

/** Tells the submitters of batches that have ended, again and again until each was told or given up; until it is disposed of. */
export function runCallbacks(options: CallbackOptions): AsyncDisposable {
  const { store, onError } = options
  const timing = { ...usual, ...options.timing }
  const { everyMs, timeoutMs } = timing
  const closing = new AbortController()
  const tell = telling(options, timing, closing.signal)
  const { room, add, end } = lanes((callback) => tell(callback).catch(onError))

  /** Whether there may be more to take. */
  async function look(): Promise<boolean> {
    const most = room()
    const startBefore = Date.now() + timeoutMs
    const due = most > 0 ? await store.take(new Date().toISOString(), inMs(2 * timeoutMs), most) : []
    add(due, startBefore)
    return most > 0 && due.length === most
  }

  async function loop(): Promise<void> {
    while (!closing.signal.aborted) {
      const isMore = await look().catch(onError)
      if (isMore !== true) await delay(everyMs, undefined, { signal: closing.signal }).catch(() => {})
    }
    await end()
  }

  const ended = loop()
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await ended
    },
  }
}
