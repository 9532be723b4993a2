import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import type { TypeRef } from '../core/jobs.ts'
import type { Route } from '../core/row.ts'
import { explain } from '../service/explain.ts'
import { requestFor, type Reader } from '../service/read-document.ts'

/** Writes pictures of what was seen on a document's pages. */
export interface ExplainWriter {
  write(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>
}

/** Files of one name get a number each, as `receipt.2`. */
function namer(): (file: string) => string {
  const seen = new Map<string, number>()
  return (file) => {
    const name = basename(file, extname(file))
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}.${count}`
  }
}

/** Pictures go to `DIR/NAME.PATH.PAGE.png`, one for each path of the route and page; the folder is made. */
export async function openExplainWriter(
  folder: string,
  reader: Reader,
  type: TypeRef,
  route: Route,
): Promise<ExplainWriter> {
  const target = resolve(folder)
  await mkdir(target, { recursive: true })
  const nameOf = namer()
  return {
    async write(file, bytes, signal) {
      const name = nameOf(file)
      for (const path of reader.plans[route].paths) {
        const request = requestFor(reader, bytes, type, route, path)
        for (const { page, png } of await explain(reader.run, request, signal))
          await writeFile(join(target, `${name}.${path}.${page}.png`), png)
      }
    },
  }
}
