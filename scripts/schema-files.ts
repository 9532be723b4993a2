import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { loadType } from '../src/document-types/load.ts'

const folder = new URL('../schemas/', import.meta.url)

/** The JSON Schema files of `schemas/`, as they should be: text by URL, one for each document type. */
export async function schemaFiles(): Promise<ReadonlyMap<URL, string>> {
  const names = (await readdir(folder)).filter((f) => /^[a-z0-9-]+\.ts$/.test(f)).map((f) => f.slice(0, -3))
  const files = new Map<URL, string>()
  for (const name of names.sort()) {
    const file = new URL(`${name}.schema.json`, folder)
    const { jsonSchema } = await loadType(name, fileURLToPath(folder))
    const options = await resolveConfig(file)
    files.set(file, await format(JSON.stringify(jsonSchema), { ...options, parser: 'json' }))
  }
  return files
}
