import { setMaxListeners } from 'node:events'

/** Lets at most `size` holders go on at a time, the others in the order in which they came. */
export class Semaphore {
  #free: number
  readonly #queue: (() => void)[] = []

  constructor(size: number) {
    this.#free = size
  }

  /** Resolves when it is the caller's turn; rejects with the signal's reason when that aborts before. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free--
    else await this.#wait(signal)
  }

  /** Ends the caller's turn. */
  release(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#free++
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    // One signal may stand for a whole batch that waits here.
    if (signal) setMaxListeners(0, signal)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(go), 1)
        reject(signal?.reason)
      }
      const go = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      this.#queue.push(go)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }
}
