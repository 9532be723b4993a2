import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Files below a folder, by their paths from it, with `/`, in order; and what is neither file nor folder, such as links. */
export interface FolderContents {
  readonly files: readonly string[]
  readonly others: readonly string[]
}

/** What lies in a folder, without what is `left` out by its full path; links are not followed. */
export async function contentsOfFolder(folder: string, left: ReadonlySet<string>): Promise<FolderContents> {
  const files: string[] = []
  const others: string[] = []
  async function look(at: string): Promise<void> {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (left.has(path)) continue
      if (entry.isDirectory()) await look(path)
      else (entry.isFile() ? files : others).push(relative(folder, path).replaceAll(sep, '/'))
    }
  }
  await look(folder)
  return { files: files.sort(), others: others.sort() }
}
