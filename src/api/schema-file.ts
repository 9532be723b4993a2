import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ParallaxError } from '../core/errors.ts'
import type { TypeRef } from '../core/jobs.ts'
import { uploadFolder } from '../service/deletion/sweep-uploads.ts'

/** A JSON Schema that came with a request, as a type for as long as that is answered. */
export interface SchemaFile extends AsyncDisposable {
  readonly type: TypeRef
}

/** Writes the text of a JSON Schema to a file, from which children load it; E_STORAGE. */
export async function schemaFile(home: string, name: string, text: string): Promise<SchemaFile> {
  const folder = uploadFolder(home)
  const file = join(folder, 'schema.json')
  const dispose = () => rm(folder, { recursive: true, force: true })
  try {
    await mkdir(folder, { mode: 0o700 })
    await writeFile(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    await dispose()
    const message = `The schema cannot be kept: ${(error as Error).message}.`
    throw new ParallaxError('E_STORAGE', message, { cause: error })
  }
  const hash = createHash('sha256').update(text).digest('hex')
  return { type: { name, file, hash }, [Symbol.asyncDispose]: dispose }
}
