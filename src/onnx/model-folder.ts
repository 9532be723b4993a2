import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { nullIfMissing } from '../core/missing.ts'
import { ParallaxError } from '../core/errors.ts'
import { fingerprint, revision } from '../identity/fingerprint.ts'

const fileSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() })

/** What every `manifest.json` says; a kind of model has more in its own. */
const manifestSchema = z.looseObject({
  name: z.string().min(1),
  version: z.string().min(1),
  files: z.record(z.string(), fileSchema),
})

/** A model as shipped: `models/NAME/VERSION/` with its manifest. */
export interface ModelFolder {
  readonly name: string
  readonly version: string
  /** Its version and a fingerprint of its manifest, which holds the hashes of its files: `1.3f9a01c7`. */
  readonly revision: string
  /** The manifest as a kind of model has it, not yet parsed. */
  readonly manifest: unknown
  /** A file of the manifest; E_ENGINE when it is missing or its content is not what the manifest says. */
  read(file: string): Promise<Buffer>
}

// Sources run from src/onnx, the package from dist/src/onnx.
const shipped = new URL(
  extname(import.meta.url) === '.ts' ? '../../models/' : '../../../models/',
  import.meta.url,
)

const searched: URL[] = [shipped]

/** Looks for models in this folder before those that ship with Parallax. */
export function searchModelsIn(folder: string): void {
  searched.unshift(pathToFileURL(`${resolve(folder)}/`))
}

/** Whether any folder has the model, whatever state it is in. */
export const hasModel = async (model: string): Promise<boolean> => (await folderOf(model)) !== null

/** The first folder that has the model; null where none has. */
async function folderOf(model: string): Promise<URL | null> {
  for (const folder of searched) {
    const isThere = await access(new URL(`${model}/manifest.json`, folder)).then(
      () => true,
      () => false,
    )
    if (isThere) return folder
  }
  return null
}

/** The folder in which a model lies; E_ENGINE where there is none. */
export async function modelPlace(model: string): Promise<string> {
  const folder = await folderOf(model)
  if (folder) return fileURLToPath(new URL(model, folder))
  throw new ParallaxError('E_ENGINE', `There is no model ${model}.`)
}

/** A file of the first folder of models that has it; null where none has. */
export async function readFromModels(path: string): Promise<Buffer | null> {
  for (const folder of searched) {
    const found = await readFile(new URL(path, folder)).catch(nullIfMissing)
    if (found) return found
  }
  return null
}

async function readOrExplain(url: URL, model: string): Promise<Buffer> {
  return readFile(url).catch((error: unknown) => {
    throw new ParallaxError('E_ENGINE', `The model ${model} cannot be read: ${(error as Error).message}.`)
  })
}

function parseManifest(content: Buffer, model: string) {
  try {
    const manifest: unknown = JSON.parse(content.toString())
    return { manifest, about: manifestSchema.parse(manifest) }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    throw new ParallaxError(
      'E_ENGINE',
      `The manifest of the model ${model} is not valid: install Parallax again.`,
    )
  }
}

/** As it stands in results, behind the engine that uses it: `receipt-characters@1.3f9a01c7`. */
export const modelText = ({ name, revision }: Pick<ModelFolder, 'name' | 'revision'>): string =>
  `${name}@${revision}`

/** Opens a model, for example `receipt-tagger/1`; `folder` holds all models, by default those of Parallax and of `searchModelsIn`. E_ENGINE when there is none. */
export async function openModel(model: string, folder?: URL): Promise<ModelFolder> {
  const root = new URL(`${model}/`, folder ?? (await folderOf(model)) ?? shipped)
  const content = await readOrExplain(new URL('manifest.json', root), model)
  const { manifest, about } = parseManifest(content, model)
  return {
    name: about.name,
    version: about.version,
    revision: revision(about.version, fingerprint([JSON.stringify(manifest)])),
    manifest,
    async read(file) {
      const expected = about.files[file]
      const data = await readOrExplain(new URL(file, root), model)
      if (expected && createHash('sha256').update(data).digest('hex') === expected.sha256) return data
      throw new ParallaxError(
        'E_ENGINE',
        `The file ${file} of the model ${model} is not the one its manifest names: install Parallax again.`,
      )
    },
  }
}
