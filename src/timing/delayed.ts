/** Something to be done a while after it was asked for, once however often that was. */
export interface Delayed {
  ask(): void
  /** Does at once what was asked for; nothing where nothing was. */
  now(): void
}

export function delayed(ms: number, work: () => void): Delayed {
  let timer: NodeJS.Timeout | undefined
  const now = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    work()
  }
  return {
    ask() {
      timer ??= setTimeout(now, ms).unref()
    },
    now,
  }
}
