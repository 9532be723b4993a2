/** Background work: it is started and not waited for, except when the process ends. */
export interface PendingWork extends AsyncDisposable {
  later(work: () => Promise<void>): void
}

export function pendingWork(onError: (error: unknown) => void): PendingWork {
  const pending = new Set<Promise<void>>()
  return {
    later(work) {
      const done = work()
        .catch(onError)
        .finally(() => pending.delete(done))
      pending.add(done)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pending)
    },
  }
}
