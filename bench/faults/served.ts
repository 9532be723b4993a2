import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { acceptedBatchSchema } from '../../src/contract/jobs.ts'
import { signal } from './processes.ts'
import { until } from './waiting.ts'

export interface Answer {
  /** 0 where there was none. */
  readonly status: number
  readonly text: string
  readonly seconds: number
}

export interface Submitted extends Answer {
  /** Empty where nothing was acknowledged. */
  readonly batch: string
  readonly jobs: readonly string[]
}

export interface Sending {
  readonly key?: string | undefined
  readonly idempotencyKey?: string
  readonly callback?: string
}

/** A service that runs, as who uses it sees it. */
export interface Served {
  readonly pid: number
  readonly url: string
  isUp(): boolean
  ask(path: string, init?: RequestInit, key?: string): Promise<Answer>
  /** Submits pictures as one batch. */
  submit(documents: readonly Buffer[], sending?: Sending): Promise<Submitted>
  /** Resolves with the exit status when it has ended; null when that takes longer than a minute, or a signal ended it. */
  end(name: NodeJS.Signals): Promise<number | null>
}

const timeoutMs = 30_000

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const started = performance.now()
  const taken = (): number => (performance.now() - started) / 1000
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...init })
    return { status: response.status, text: await response.text(), seconds: taken() }
  } catch {
    return { status: 0, text: '', seconds: taken() }
  }
}

const bearer = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { authorization: `Bearer ${key}` }

function formOf(documents: readonly Buffer[], callback: string | undefined): FormData {
  const form = new FormData()
  form.append('route', 'modular')
  if (callback !== undefined) form.append('callback', callback)
  for (const [i, bytes] of documents.entries()) form.append('files', new Blob([bytes]), `${i}.jpg`)
  return form
}

const acceptedText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(acceptedBatchSchema)

/** What can be done with a service that listens at an address. */
export function servedBy(child: ChildProcess, url: string): Served {
  const pid = child.pid!
  const isUp = (): boolean => child.exitCode === null && child.signalCode === null
  return {
    pid,
    url,
    isUp,
    ask: (path, init = {}, key) => ask(url + path, { ...init, headers: { ...init.headers, ...bearer(key) } }),
    async submit(documents, { key, idempotencyKey, callback } = {}) {
      const repeatable = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
      const headers = { ...bearer(key), ...repeatable }
      const answer = await ask(`${url}/v1/batches`, {
        method: 'POST',
        headers,
        body: formOf(documents, callback),
      })
      if (answer.status !== 202) return { ...answer, batch: '', jobs: [] }
      const { id, jobs } = acceptedText.parse(answer.text)
      return { ...answer, batch: id, jobs: jobs.map((job) => job.id) }
    },
    async end(name) {
      if (isUp()) {
        const ended = once(child, 'exit')
        signal(pid, name)
        await Promise.race([ended, until(() => !isUp(), 60)])
      }
      return child.exitCode
    },
  }
}
