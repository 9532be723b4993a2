import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { toErrorReport } from '../core/errors.ts'
import type { StoredResult, TypeRef } from '../core/jobs.ts'
import { partName } from '../core/part.ts'
import type { Strategy } from '../core/extraction-result.ts'
import { explain } from '../service/reading/explain.ts'
import { requestFor, type Reader } from '../service/reading/read-document.ts'
import { printable } from './text.ts'

/** Writes pictures of what was seen on a document's pages; what cannot be drawn is told, and costs nothing else. */
export interface ExplainWriter {
  write(
    file: string,
    bytes: Uint8Array,
    result: Pick<StoredResult, 'attempts' | 'part'>,
    signal: AbortSignal,
  ): Promise<void>
}

/** A name for each file, in their order; those of one name get numbers that no other has. */
function namesFor(files: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const file of files) {
    const name = basename(file, extname(file))
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name}.${n}`
    taken.add(free)
    names.set(file, free)
  }
  return names
}

/** Pictures go to `DIR/NAME.PATH.PAGE.png`, for every path that read and every page, with `#N` behind NAME for
 * the Nth document of a file of several; the folder is made. */
export async function openExplainWriter(
  folder: string,
  files: readonly string[],
  reader: Reader,
  type: TypeRef,
  route: Strategy,
): Promise<ExplainWriter> {
  const target = resolve(folder)
  await mkdir(target, { recursive: true })
  const names = namesFor(files)
  return {
    async write(file, bytes, { attempts, part }, signal) {
      const name = part ? partName(names.get(file)!, part) : names.get(file)!
      for (const { path } of attempts.filter(({ error }) => error === undefined)) {
        try {
          const selection = part ? { part, doubts: [] } : null
          const request = requestFor({ ...reader, split: 'never' }, bytes, type, route, path, selection)
          for (const { page, png } of await explain(reader.run, request, signal))
            await writeFile(join(target, `${name}.${path}.${page}.png`), png)
        } catch (error) {
          signal.throwIfAborted()
          const why = toErrorReport(error).message
          process.stderr.write(
            `${printable(file)}: what the ${path} path saw cannot be drawn. ${printable(why)}\n`,
          )
        }
      }
    },
  }
}
