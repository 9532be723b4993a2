import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Empty where the process has ended, or the system has no `/proc`. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

const processIds = (): readonly number[] =>
  (existsSync('/proc/self/status') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(readProc(`${pid}/status`))?.[1])

/** A process and all below it. */
function tree(pid: number): readonly number[] {
  const parents = processIds().map((id) => [id, parentOf(id)] as const)
  const below = (root: number): readonly number[] => [
    root,
    ...parents.filter(([, parent]) => parent === root).flatMap(([id]) => below(id)),
  ]
  return below(pid)
}

/** Most bytes that a process has held in memory so far; 0 when it has ended. */
export const peakBytes = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readProc(`${pid}/status`))?.[1] ?? 0) * 1024

/** The same for a process and all below it that are alive. */
export const peakBytesOfTree = (pid: number): number => tree(pid).reduce((sum, id) => sum + peakBytes(id), 0)

/** The processes below `pid` whose command line holds `part`, oldest first. */
export const findBelow = (pid: number, part: string): readonly number[] =>
  tree(pid)
    .slice(1)
    .filter((id) => readProc(`${id}/cmdline`).includes(part))
    .sort((a, b) => a - b)

/** The largest of what `measure` says of the process while the work goes on; Linux only, 0 elsewhere. */
export async function peakDuring(
  work: Promise<unknown>,
  pid: () => number | undefined,
  measure: (pid: number) => number,
  everyMs = 10,
): Promise<number> {
  const end = new AbortController()
  const ended = work.finally(() => end.abort())
  ended.catch(() => {})
  let peak = 0
  while (!end.signal.aborted) {
    const root = pid()
    if (root !== undefined) peak = Math.max(peak, measure(root))
    await delay(everyMs, undefined, { signal: end.signal }).catch(() => {})
  }
  await ended
  return peak
}
