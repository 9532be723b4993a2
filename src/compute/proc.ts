import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Whether processes can be looked at here, as on Linux. */
export const hasProc = (): boolean => existsSync('/proc/self/stat')

export const allPids = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name))

interface Kinship {
  readonly parent: string | undefined
  readonly group: string | undefined
}

/** The parent of a process and its process group; neither when it has ended meanwhile. */
export function kinshipOf(pid: string): Kinship {
  // The name before them, in brackets, may hold anything, brackets and blanks included.
  const [, , parent, group] = read(pid, 'stat').split(')').at(-1)!.split(' ')
  return { parent, group }
}

export const residentBytes = (pid: string): number =>
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
