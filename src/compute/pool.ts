import { ParallaxError } from '../core/errors.ts'
import type { ChildOptions } from './child-process.ts'
import type { Allowance, Task } from './task-process.ts'
import { TaskProcess } from './task-process.ts'
import { Semaphore } from './semaphore.ts'

export interface PoolOptions extends ChildOptions {
  /** Most children at any time. */
  readonly size: number
  /** Milliseconds a task may run in a ready child, unless it or its caller says otherwise. */
  readonly deadlineMs: number
  /** A child is replaced after so many tasks; default 200. */
  readonly recycleAfterTasks?: number
  /**
   * A child that holds more megabytes than this after a task is replaced; default three fifths of what it may take. Engines
   * that are warm hold some hundreds, and a child that is replaced loads them anew.
   */
  readonly recycleAboveMb?: number
}

export interface RunOptions {
  readonly deadlineMs?: number
  /** Bounds the task as a whole, however often it extends its deadline. */
  readonly allowance?: Allowance
  /** Ends the task, and the process it runs in. */
  readonly signal?: AbortSignal
}

/** Runs tasks in child processes, so that nothing they do can block, bloat or end this one. */
export interface Pool {
  /**
   * Resolves with the task's result. Rejects with the task's own error; with `E_TIMEOUT`, `E_MEMORY` or `E_CRASHED` when
   * the task cost the child its life; with the signal's reason on abort; with `E_BUSY` when the pool closes.
   */
  run(task: string, payload: unknown, options?: RunOptions): Promise<unknown>
  /** Ends all children and rejects what is unfinished; resolves when no process is left. */
  close(): Promise<void>
}

/** A pool that starts children as tasks need them and keeps them warm; it needs a POSIX system (process groups). */
export function createPool(options: PoolOptions): Pool {
  return new ProcessPool(options)
}

class ProcessPool implements Pool {
  readonly #options: PoolOptions
  readonly #turns: Semaphore
  readonly #children = new Set<TaskProcess>()
  readonly #idle: TaskProcess[] = []
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#turns = new Semaphore(options.size)
  }

  async run(name: string, payload: unknown, options: RunOptions = {}): Promise<unknown> {
    const { deadlineMs = this.#options.deadlineMs, allowance, signal } = options
    await this.#turns.acquire(signal)
    try {
      return await this.#runInChild({ name, payload, deadlineMs, allowance, signal })
    } finally {
      this.#turns.release()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#children].map((child) => child.kill(closing())))
  }

  async #runInChild(task: Task): Promise<unknown> {
    if (this.#closed) throw closing()
    task.signal?.throwIfAborted()
    const child = this.#idleChild() ?? this.#newChild()
    try {
      return await child.run(task)
    } finally {
      if (this.#isFit(child)) this.#idle.push(child)
      else await child.kill(closing())
    }
  }

  #idleChild(): TaskProcess | undefined {
    for (let child = this.#idle.pop(); child; child = this.#idle.pop()) if (child.alive) return child
    return undefined
  }

  #newChild(): TaskProcess {
    const child = new TaskProcess(this.#options)
    this.#children.add(child)
    void child.ended.then(() => this.#children.delete(child))
    return child
  }

  #isFit(child: TaskProcess): boolean {
    const { recycleAfterTasks = 200, memoryLimitMb, recycleAboveMb = 0.6 * memoryLimitMb } = this.#options
    return child.alive && child.tasksDone < recycleAfterTasks && child.rss <= recycleAboveMb * 2 ** 20
  }
}

const closing = (): ParallaxError =>
  new ParallaxError('E_BUSY', 'Parallax is shutting down; what was unfinished can be submitted again.')
