import { constants } from 'node:fs'
import { access, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a private Redis keeps in its folder: a folder of files since version 7, one file before. */
const dataNames = ['appendonlydir', 'appendonly.aof']

const mark = '.damaged-'

/** So many damaged ones stay for whoever wants to look at them. */
const keptMost = 3

/** Data that a server could not start with, under other names. */
export interface SetAside {
  /** The paths where it lies now. */
  readonly paths: readonly string[]
  /** Puts it back, in the place of what a server has written since. */
  undo(): Promise<void>
}

/** Takes the data of a Redis out of its way; null when there is none, or when it only may not be read and written. */
export async function setAside(folder: string, now = new Date()): Promise<SetAside | null> {
  const entries = await readdir(folder)
  const names = dataNames.filter((name) => entries.includes(name))
  if (names.length === 0 || !(await mayBeUsed(folder, names))) return null
  const suffix = mark + now.toISOString().replaceAll(/[:.]/g, '-')
  const moves = names.map((name) => ({ from: join(folder, name), to: join(folder, name + suffix) }))
  for (const { from, to } of moves) await rename(from, to)
  return {
    paths: moves.map(({ to }) => to),
    async undo() {
      for (const name of dataNames) await rm(join(folder, name), { recursive: true, force: true })
      for (const { from, to } of moves) await rename(to, from)
    },
  }
}

/** Removes all that was set aside but the latest. */
export async function forgetOldest(folder: string): Promise<void> {
  const suffixOf = (name: string): string => name.slice(name.indexOf(mark))
  const aside = (await readdir(folder)).filter((name) => dataNames.some((one) => name.startsWith(one + mark)))
  const kept = new Set([...new Set(aside.map(suffixOf))].sort().slice(-keptMost))
  for (const name of aside)
    if (!kept.has(suffixOf(name))) await rm(join(folder, name), { recursive: true, force: true })
}

/** Permissions are no damage: who mends them has the data back. */
async function mayBeUsed(folder: string, names: readonly string[]): Promise<boolean> {
  try {
    for (const name of names) {
      const path = join(folder, name)
      await access(path, constants.R_OK | constants.W_OK)
      for (const one of await filesIn(path)) await access(join(path, one), constants.R_OK | constants.W_OK)
    }
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Nothing for what is no folder. */
async function filesIn(path: string): Promise<string[]> {
  return (await stat(path)).isDirectory() ? readdir(path, { recursive: true }) : []
}
