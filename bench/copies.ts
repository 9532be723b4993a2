import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes `count` copies of JPEG files into a folder, every one with other bytes after its end marker: the same pages,
 * but documents that were never read before.
 */
export async function writeCopies(
  files: readonly string[],
  count: number,
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const originals = await Promise.all(files.map((file) => readFile(file)))
  return await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const copy = join(folder, `page-${String(i).padStart(5, '0')}.jpg`)
      await writeFile(
        copy,
        Buffer.concat([originals[i % originals.length]!, Buffer.from(`copy ${i} of ${folder}`)]),
      )
      return copy
    }),
  )
}
