interface Answer<T> {
  readonly made: Promise<T>
  /** Aborted when nobody waits for the answer any more. */
  readonly abandoned: AbortController
  waiting: number
  isThere: boolean
}

/** Rejects with the signal's reason when that aborts first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

/** Asks for the answer of a key. What makes it is aborted when all who waited for it went away. */
export type Recent<T> = (
  key: string,
  make: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>

/** Keeps the most recently used `size` answers, asked for once however many wait; a failure is not kept. */
export function recent<T>(size: number): Recent<T> {
  const kept = new Map<string, Answer<T>>()

  function forget(key: string, answer: Answer<T>): void {
    if (kept.get(key) === answer) kept.delete(key)
  }

  function trim(): void {
    const there = [...kept].filter(([, { isThere }]) => isThere)
    for (const [key] of there.slice(0, Math.max(0, there.length - size))) kept.delete(key)
  }

  function start(key: string, make: (signal: AbortSignal) => Promise<T>): Answer<T> {
    const abandoned = new AbortController()
    const answer: Answer<T> = { made: make(abandoned.signal), abandoned, waiting: 0, isThere: false }
    answer.made.then(
      () => {
        answer.isThere = true
        trim()
      },
      () => forget(key, answer),
    )
    return answer
  }

  return async (key, make, signal) => {
    signal?.throwIfAborted()
    const answer = kept.get(key) ?? start(key, make)
    kept.delete(key)
    kept.set(key, answer)
    answer.waiting++
    try {
      return await unlessAborted(answer.made, signal)
    } finally {
      answer.waiting--
      if (answer.waiting === 0 && !answer.isThere) {
        forget(key, answer)
        answer.abandoned.abort(signal?.reason)
      }
    }
  }
}
