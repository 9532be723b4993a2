import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * Makes a function that answers the resident bytes of this process and of all others in its process group. Where there
 * is no `/proc` (macOS) the others are not counted.
 */
export function createGroupMeter(): () => number {
  if (!existsSync('/proc/self/stat')) return () => process.memoryUsage.rss()
  const own = String(process.pid)
  let foreign = new Set<string>()
  // A process is born into its parent's group, so one that was seen in another group never has to be asked again.
  return () => {
    const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== own)
    const members = others.filter((pid) => !foreign.has(pid) && processGroup(pid) === own)
    foreign = new Set(others.filter((pid) => !members.includes(pid)))
    return members.reduce((sum, pid) => sum + residentBytes(pid), process.memoryUsage.rss())
  }
}

const processGroup = (pid: string): string | undefined =>
  // The name before it, in brackets, may hold anything, brackets and blanks included.
  read(pid, 'stat').split(')').at(-1)?.split(' ')[3]

const residentBytes = (pid: string): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1] ?? 0) * 1024

/** Empty when the process has ended meanwhile. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
