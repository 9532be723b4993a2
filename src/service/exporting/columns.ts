import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { splitAtItem, type AskedColumn } from '../results/table.ts'

/** Facts of a document that a column may be made of. */
export const exportFacts = [
  ...['status', 'job', 'batch', 'batch_name', 'reference', 'metadata'],
  ...['reviewer', 'rejection', 'note'],
] as const
const facts = ['file', 'verdict', 'error', 'flags', ...exportFacts]

const fromSchema = z
  .string()
  .max(500)
  .refine((from) => /^(metadata)?\//.test(from) || facts.includes(from), {
    error: `is to be a JSON Pointer, such as /total or /items/*/amount, or one of ${facts.join(', ')}, or metadata/NAME`,
  })

const columnsSchema = z
  .array(z.strictObject({ name: z.string().min(1).max(200), from: fromSchema }))
  .min(1)
  .max(500)
  .refine((columns) => new Set(columns.flatMap(({ from }) => splitAtItem(from)?.list ?? [])).size < 2, {
    error: 'has columns of several lists: a line can be for an item of one',
  })

/** Enough for any list of columns. */
const mostBytes = 200_000

function parseColumns(text: string, file: string): readonly AskedColumn[] {
  const refuse = (why: string): ParallaxError =>
    new ParallaxError('E_BAD_REQUEST', `The columns of ${file} cannot be used (${why}).`)
  if (text.length > mostBytes) throw refuse('it is too long')
  let written: unknown
  try {
    written = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    throw refuse(error instanceof Error ? error.message.split('\n')[0]! : String(error))
  }
  const parsed = columnsSchema.safeParse(written)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw refuse(`${path.join('.') || 'the file'}: ${message}`)
}

/** The columns that a file in YAML asks for, a list of `name` and `from`; E_NOT_FOUND, E_BAD_REQUEST. */
export async function readColumns(file: string, called = file): Promise<readonly AskedColumn[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    throw new ParallaxError('E_NOT_FOUND', `There are no columns ${called} (${code}).`)
  })
  return parseColumns(text, called)
}

const folderOf = (home: string): string => join(home, 'columns')

/** A name that leads nowhere else. */
export const columnsNameSchema = z.string().regex(/^[\w-]{1,64}$/)

/** Those that the folder `columns` of a data folder has under this name. */
export const namedColumns = (home: string, name: string): Promise<readonly AskedColumn[]> =>
  readColumns(join(folderOf(home), `${columnsNameSchema.parse(name)}.yaml`), name)

/** The names under which there are columns. */
export async function columnsNames(home: string): Promise<readonly string[]> {
  const files = await readdir(folderOf(home)).catch(() => [])
  return files
    .flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .filter((name) => columnsNameSchema.safeParse(name).success)
    .sort()
}
