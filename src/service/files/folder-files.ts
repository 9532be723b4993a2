import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesOf, nameOf } from './file-names.ts'

export interface FolderFiles {
  /** Paths below the folder, as `nameOf` writes them, in no order. */
  readonly files: readonly string[]
  /** Folders below it that may not be read. */
  readonly closed: readonly string[]
}

const isHidden = (name: string): boolean => name.startsWith('.')

/**
 * All files below a folder but hidden ones. Links are followed, after all that lies there itself: what can be reached
 * without a link is found by that way, and what a link leads back to is found once.
 */
export async function filesBelow(folder: string): Promise<FolderFiles> {
  const files: string[] = []
  const closed: string[] = []
  const seen = new Set<string>()
  const links: string[] = []

  async function visitEntry(below: string, isFile: boolean, isFolder: boolean): Promise<void> {
    if (isFile) files.push(below)
    else if (isFolder) await visit(below)
    else {
      const target = await stat(bytesOf(join(folder, below))).catch(() => null)
      if (target?.isDirectory()) links.push(below)
      else if (target?.isFile()) files.push(below)
    }
  }

  async function visit(below: string): Promise<void> {
    const place = bytesOf(join(folder, below))
    const real = nameOf(await realpath(place, { encoding: 'buffer' }))
    if (seen.has(real)) return
    seen.add(real)
    const entries = await readdir(place, { encoding: 'buffer', withFileTypes: true }).catch(() => null)
    if (entries === null) return void closed.push(below)
    for (const entry of entries) {
      const name = nameOf(entry.name)
      if (!isHidden(name)) await visitEntry(join(below, name), entry.isFile(), entry.isDirectory())
    }
  }

  await visit('')
  for (const link of links) await visit(link)
  return { files, closed }
}
