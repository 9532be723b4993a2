import { setTimeout as delay } from 'node:timers/promises'

/** Seconds that work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Seconds until something is so; null when it is not so in time. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  timeoutSeconds: number,
  everyMs = 20,
): Promise<number | null> {
  const started = performance.now()
  const taken = (): number => (performance.now() - started) / 1000
  while (!(await isSo())) {
    if (taken() > timeoutSeconds) return null
    await delay(everyMs)
  }
  return taken()
}

export const seconds = (count: number): Promise<void> => delay(count * 1000)
