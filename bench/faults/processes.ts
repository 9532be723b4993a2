import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process that works in a folder of the campaign, and so was started by it. */
export interface Found {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function unlessGone<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

function find(pid: number, folder: string): Found | null {
  const cwd = unlessGone(() => readlinkSync(`/proc/${pid}/cwd`))
  if (cwd === null || !`${cwd}/`.startsWith(`${folder}/`)) return null
  const status = unlessGone(() => readFileSync(`/proc/${pid}/status`, 'utf8'))
  const command = unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  if (status === null || command === null || /^State:\s+Z/m.test(status)) return null
  const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
  return { pid, parent, command: command.replaceAll('\0', ' ') }
}

/** Every live process that works in a folder or below it; Linux only. */
export const processesIn = (folder: string): readonly Found[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => find(Number(name), folder) ?? [])

export const isWorker = ({ command }: Found): boolean => command.includes('workers/documents')
export const isChild = ({ command }: Found): boolean => command.includes('workers/extraction-child')
export const isRedis = ({ command }: Found): boolean => command.includes('redis-server')

/** The processes in which workers have documents read. */
export function readersIn(folder: string): readonly Found[] {
  const all = processesIn(folder)
  const workers = new Set(all.filter(isWorker).map(({ pid }) => pid))
  return all.filter((found) => isChild(found) && workers.has(found.parent))
}

/** Sends a signal; whoever is gone already does not get it. */
export function signal(pid: number, name: NodeJS.Signals = 'SIGKILL'): void {
  unlessGone(() => process.kill(pid, name))
}
