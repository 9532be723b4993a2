import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { nullIfMissing } from '../core/missing.ts'
import { ParallaxError } from '../core/errors.ts'
import { readFromModels } from './model-folder.ts'

/** The network that is asked about any document, where a type has none of its own. */
export const anyDocument = 'document/3'

const chosenSchema = z.object({ version: z.int().positive().nullable() })
const chosenFile = 'chosen.json'

/** The name under which models that were trained for a type are kept; two types never share one. */
export function ownModelName(type: string): string {
  const plain = type.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const mark = createHash('sha256').update(type).digest('hex').slice(0, 8)
  return plain === type ? `document-${plain}` : `document-${plain.slice(0, 60)}-${mark}`
}

function parseChosen(text: string, name: string): number | null {
  try {
    return chosenSchema.parse(JSON.parse(text)).version
  } catch (cause) {
    throw new ParallaxError(
      'E_ENGINE',
      `models/${name}/${chosenFile} does not say which version is in use: parallax train --type TYPE --use VERSION writes it anew.`,
      { cause },
    )
  }
}

/** The model that is in use for a type, as `document-order/2`; null where it is asked about by the model for any document. */
export async function ownModelOf(type: string): Promise<string | null> {
  const name = ownModelName(type)
  const text = await readFromModels(`${name}/${chosenFile}`)
  const version = text === null ? null : parseChosen(text.toString(), name)
  return version === null ? null : `${name}/${version}`
}

/** The model that work for a pipeline is to be read by, of those a type may have had; without a pipeline the one in use. */
export async function askerFor(type: string, pipeline?: string): Promise<string> {
  const name = ownModelName(type)
  const version = pipeline?.split('+').find((engine) => engine.startsWith(`${name}@`))
  if (version) return `${name}/${/@(\d+)/.exec(version)?.[1]}`
  const wasGeneral = pipeline?.split('+').some((engine) => engine.startsWith('document@'))
  return wasGeneral ? anyDocument : ((await ownModelOf(type)) ?? anyDocument)
}

/** The versions of a type's own model in a folder of models, the newest last. */
export async function ownVersions(models: string, type: string): Promise<readonly number[]> {
  const found = await readdir(join(models, ownModelName(type))).catch(nullIfMissing)
  return (found ?? [])
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

/** The version that is in use in a folder of models; null for none. */
export async function chosenVersion(models: string, type: string): Promise<number | null> {
  const name = ownModelName(type)
  const text = await readFile(join(models, name, chosenFile), 'utf8').catch(nullIfMissing)
  return text === null ? null : parseChosen(text, name)
}

/** Puts a version of a type's own model in use, or with null the model for any document. */
export async function chooseVersion(models: string, type: string, version: number | null): Promise<void> {
  const folder = join(models, ownModelName(type))
  await mkdir(folder, { recursive: true })
  const part = join(folder, `${chosenFile}.${randomUUID()}.part`)
  await writeFile(part, `${JSON.stringify({ version })}\n`)
  await rename(part, join(folder, chosenFile))
}
