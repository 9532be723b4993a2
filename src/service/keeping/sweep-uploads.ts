import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { freshMs } from './sweep.ts'

/** This machine: on another one, or in another container, the same number is another process. */
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** This run of this process, since a process that comes later may have its number. */
const run = randomUUID().slice(0, 8)

const uploadPattern = /^(?<host>[0-9a-f]{8})-(?<pid>\d+)-(?<run>[0-9a-f]{8})-[0-9a-f-]{36}$/

/** The folder for uploads in a data folder. */
export const uploadsIn = (home: string): string => join(home, 'uploads')

/** A new folder for the files of one request; its name says whose it is. */
export const uploadFolder = (home: string): string =>
  join(uploadsIn(home), `${host}-${process.pid}-${run}-${randomUUID()}`)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether the process that has made it is gone; null where that cannot be known. */
function isAbandoned(name: string): boolean | null {
  const made = uploadPattern.exec(name)?.groups
  if (!made || made.host !== host) return null
  if (Number(made.pid) === process.pid) return made.run !== run
  return isAlive(Number(made.pid)) ? null : true
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs > freshMs
}

/** Makes the folder for uploads; removes at once what a process has left that is gone, and any other when it is old. Answers what it removed. */
export async function sweepUploads(home: string): Promise<readonly string[]> {
  const left = await abandonedUploads(home)
  for (const name of left) await rm(join(uploadsIn(home), name), { recursive: true, force: true })
  return left
}

/** The names of uploads that nobody will use. */
export async function abandonedUploads(home: string): Promise<readonly string[]> {
  const folder = uploadsIn(home)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const left: string[] = []
  for (const name of await readdir(folder))
    if (isAbandoned(name) ?? (await isOld(join(folder, name)))) left.push(name)
  return left
}
