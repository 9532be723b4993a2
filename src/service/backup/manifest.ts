import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/** A path inside a folder: no part of it leads out. */
const insideSchema = z
  .string()
  .min(1)
  .refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part)) && !/[\\\0]/.test(path))

const fileSchema = z.object({ path: insideSchema, bytes: z.int().min(0), sha256: sha256Schema })

/** A file of a backup, by its path from the folder of which it was copied. */
export type BackupFile = z.infer<typeof fileSchema>

const manifestSchema = z.object({
  format: z.literal('parallax-backup'),
  version: z.literal(1),
  parallax: z.string(),
  madeAt: z.iso.datetime(),
  /** What tells its ledger from others. */
  ledgerIdentity: z.string(),
  /** The copy of the ledger; null for one in a database that is backed up by its own tools. */
  ledger: fileSchema.nullable(),
  jobs: z.record(z.string(), z.int().min(0)),
  /** The stored files, and the list of their digests. */
  blobs: z.object({ count: z.int().min(0), list: fileSchema }),
  /** Everything else of the data folder. */
  files: z.array(fileSchema),
  /** The folder of the backup that the files are in, beside the stored ones. */
  folder: insideSchema,
})

export type Manifest = z.infer<typeof manifestSchema>

export const manifestName = 'manifest.json'

export const ledgerName = 'ledger.sqlite'
export const listName = 'blobs.txt'
/** Holds what comes from the data folder. */
export const homeName = 'home'

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a backup says of itself; null where there is none, E_DAMAGED where it cannot be understood. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, manifestName)
  const text = await readIfThere(path)
  if (text === null) return null
  const parsed = manifestSchema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  throw new ParallaxError(
    'E_DAMAGED',
    `${path} cannot be understood: it is damaged, or was written by a newer Parallax.`,
    { cause: parsed.error },
  )
}
