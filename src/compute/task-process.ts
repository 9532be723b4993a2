import { fromErrorReport, ParallaxError } from '../core/errors.ts'
import type { Child, ChildOptions } from './child-process.ts'
import { startChild } from './child-process.ts'
import type { Reply } from './protocol.ts'
import { replySchema, uncloneable, unpack } from './protocol.ts'

/** The milliseconds that a task may run in all, and the error with which it ends when they are over. */
export interface Allowance {
  readonly ms: number
  readonly error: ParallaxError
}

export interface Task {
  readonly name: string
  readonly payload: unknown
  readonly deadlineMs: number
  readonly allowance: Allowance | undefined
  readonly signal: AbortSignal | undefined
}

type Answer = Extract<Reply, { type: 'result' | 'error' }>

interface Settle<T> {
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

const startLimitMs = 60_000
/** Timers cannot wait longer. */
const longestTimeoutMs = 2 ** 31 - 1

/** A child that does one task at a time, until it is killed or dies. */
export class TaskProcess {
  tasksDone = 0
  /** Resident bytes of the child after its last task. */
  rss = 0
  /** Resolves when the process is no more, nor anything that it started. */
  readonly ended: Promise<void>
  readonly #child: Child
  readonly #ready: Promise<void>
  #killed: { readonly reason: unknown } | undefined
  #start: Settle<void> | undefined
  #task: Settle<Answer> | undefined
  #timer: NodeJS.Timeout | undefined
  #allowanceTimer: NodeJS.Timeout | undefined

  constructor(options: ChildOptions) {
    this.#child = startChild(options)
    this.#child.process.on('message', (message) => this.#receive(message))
    this.#ready = new Promise((resolve, reject) => (this.#start = { resolve, reject }))
    this.ended = this.#child.ended.then((cause) => this.#bury(cause))
  }

  /** False once it has died or been killed. */
  get alive(): boolean {
    return !this.#killed && this.#child.process.connected
  }

  /** Rejects with the error of the task, or with what the process died of; it is dead by then. */
  async run({ name, payload, deadlineMs, allowance, signal }: Task): Promise<unknown> {
    const abort = () => void this.kill(signal?.reason)
    signal?.addEventListener('abort', abort)
    this.#child.ref()
    try {
      await this.#started()
      if (allowance) this.#allow(allowance)
      return resultOf(await this.#answer(name, payload, deadlineMs))
    } finally {
      clearTimeout(this.#timer)
      clearTimeout(this.#allowanceTimer)
      signal?.removeEventListener('abort', abort)
      this.#child.unref()
    }
  }

  /** Ends the process and all that it started; a running task rejects with the reason. Resolves when it is over. */
  kill(reason: unknown): Promise<void> {
    this.#killed ??= { reason }
    this.#child.ref()
    this.#child.kill()
    return this.ended
  }

  #started(): Promise<void> {
    this.#limit(startLimitMs, didNotStart)
    return this.#ready
  }

  #answer(name: string, payload: unknown, deadlineMs: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#task = { resolve, reject }
      this.#extend(deadlineMs)
      try {
        this.#child.process.send({ id: this.tasksDone, task: name, payload })
      } catch (error) {
        reject(uncloneable('payload', name, error))
      }
    })
  }

  #receive(message: unknown): void {
    const { success, data: reply } = replySchema.safeParse(message)
    if (success) this.#hear(reply)
    else void this.kill(new ParallaxError('E_INTERNAL', 'The process for the work sent an unknown message.'))
  }

  #hear(reply: Reply): void {
    if (reply.type === 'ready') return this.#start?.resolve()
    // A task may go on after its answer; nobody listens to it any more.
    if (reply.id !== this.tasksDone) return
    if (reply.type === 'extend') this.#extend(reply.ms)
    else this.#finish(reply)
  }

  #finish(answer: Answer): void {
    this.tasksDone++
    this.rss = answer.rss
    this.#task?.resolve(answer)
  }

  #extend(ms: number): void {
    this.#limit(ms, tookTooLong)
  }

  #allow({ ms, error }: Allowance): void {
    this.#allowanceTimer = setTimeout(() => void this.kill(error), Math.min(ms, longestTimeoutMs))
  }

  #limit(ms: number, reason: (seconds: number) => ParallaxError): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.kill(reason(ms / 1000)), Math.min(ms, longestTimeoutMs))
  }

  #bury(cause: ParallaxError): void {
    const reason = this.#killed ? this.#killed.reason : cause
    this.#start?.reject(reason)
    this.#task?.reject(reason)
  }
}

const didNotStart = (seconds: number): ParallaxError =>
  new ParallaxError('E_CRASHED', `The process for the work did not start within ${seconds} s.`)

const tookTooLong = (seconds: number): ParallaxError =>
  new ParallaxError(
    'E_TIMEOUT',
    `The work took longer than ${seconds} s. A smaller image or fewer pages help.`,
  )

function resultOf(answer: Answer): unknown {
  if (answer.type === 'result') return unpack(answer.value)
  const error = fromErrorReport(answer.report)
  if (answer.stack !== undefined) error.stack = answer.stack
  throw error
}
