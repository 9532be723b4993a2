import { readdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Loads a module when first asked for. */
export type Lazy = () => Promise<{ readonly default: unknown }>

/**
 * The modules of a folder by file name without extension, tests and declarations left out: a new file is all that a new
 * adapter or document type needs.
 */
export async function discover(folder: URL): Promise<Readonly<Record<string, Lazy>>> {
  const source = extname(fileURLToPath(import.meta.url))
  const files = await readdir(fileURLToPath(folder))
  const names = files
    .filter((f) => f.endsWith(source) && !/\.(test|case|d)\.[jt]s$/.test(f))
    .map((f) => f.slice(0, -source.length))
  const modules = Object.create(null) as Record<string, Lazy>
  for (const name of names.sort())
    modules[name] = () => import(new URL(`${name}${source}`, folder).href) as ReturnType<Lazy>
  return modules
}
