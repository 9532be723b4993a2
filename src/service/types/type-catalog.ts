import type { Acceptance } from '../../core/acceptance.ts'
import { ParallaxError } from '../../core/errors.ts'
import { anyType } from '../../core/told-type.ts'
import type { Split } from '../../core/part.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { VlmSettings } from '../../core/vlm.ts'
import type { DocumentTypeAnswer } from '../../contract/types.ts'
import { builtInTypes } from '../../document-types/built-in-types.ts'
import { loadType } from '../../document-types/load.ts'
import { openTypeFolder, schemaOf, type KeptType } from '../../document-types/type-folder.ts'
import { describe, type Description } from './describe.ts'
import { keepType, removeType } from './keep-type.ts'
import type { RunTask } from '../../compute/run-task.ts'
import type { TemplateFolder } from './templates.ts'

/** A document type as it is offered, and the SHA-256 of what it is made of. */
export interface ListedType extends DocumentTypeAnswer {
  readonly hash: string
}

/** Whether a type was not there before as it is now. */
export interface SavedType {
  readonly type: ListedType
  readonly isNew: boolean
}

/**
 * The built-in document types and those that are kept in the data folder, and the engines that read them: loaded and started
 * once, not for every request.
 */
export interface TypeCatalog {
  /** The built-in ones first; without those of which the version in use is damaged. */
  list(): Promise<readonly ListedType[]>
  /** E_NOT_FOUND; E_DAMAGED where the version in use cannot be understood. */
  find(name: string): Promise<ListedType>
  /** As `keepType`. */
  put(name: string, schema: Readonly<Record<string, unknown>>): Promise<SavedType>
  /** As `removeType`. */
  remove(name: string): Promise<void>
  /** E_BAD_REQUEST for a type that is not offered; else rejects as `describe`. */
  describe(name: string, route: Strategy): Promise<Description>
}

/** With what types are described, and in which data folder they are kept. */
export interface Engines {
  readonly home: string
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly accept: Acceptance
  readonly split: Split
  readonly templates: TemplateFolder
}

/** After this, the next request has types described anew for those that follow: vendor templates may have changed. */
const freshMs = 60_000

interface Known {
  readonly description: Promise<Description>
  readonly at: number
}

async function builtInType(name: string): Promise<ListedType> {
  const { jsonSchema, ref } = await loadType(name, '/')
  return { name, builtIn: true, version: null, jsonSchema: { ...jsonSchema }, hash: ref.hash }
}

/** Null where the version is damaged. */
function listedType(kept: KeptType): ListedType | null {
  const { ref, version } = kept
  const jsonSchema = schemaOf(kept)
  return jsonSchema && { name: ref.name, builtIn: false, version, jsonSchema, hash: ref.hash }
}

/** E_DAMAGED. */
function soundType(kept: KeptType): ListedType {
  const listed = listedType(kept)
  if (listed) return listed
  const { ref, version } = kept
  const message = `Version ${version} of the document type ${ref.name} is damaged: put its JSON Schema again.`
  throw new ParallaxError('E_DAMAGED', message)
}

const isBuiltIn = async (name: string): Promise<boolean> => name in (await builtInTypes())

/** Describes types in a child, each once a minute; the same again meanwhile. */
function describer(run: RunTask, engines: Omit<Engines, 'home'>) {
  const known = new Map<string, Known>()

  /** What was known before stays in use until the new description is there, and where there is none. */
  function load(id: string, spec: string, route: Strategy): Promise<Description> {
    const before = known.get(id)
    const description = describe(run, { spec, cwd: '/', route, ...engines })
    if (before) known.set(id, { ...before, at: Date.now() })
    else known.set(id, { description, at: Date.now() })
    description.then(
      () => known.set(id, { description, at: Date.now() }),
      () => !before && known.delete(id),
    )
    return before?.description ?? description
  }

  return async (name: string, version: number | null, route: Strategy): Promise<Description> => {
    const id = `${name}/${version}/${route}`
    const found = known.get(id)
    return found && Date.now() - found.at < freshMs ? found.description : load(id, name, route)
  }
}

export function createTypeCatalog(run: RunTask, { home, ...engines }: Engines): TypeCatalog {
  const kept = openTypeFolder(home)
  const described = describer(run, engines)

  async function list(): Promise<readonly ListedType[]> {
    const builtIn = Object.keys(await builtInTypes())
    const own = (await kept.list()).filter(({ ref }) => !builtIn.includes(ref.name))
    return [...(await Promise.all(builtIn.map(builtInType))), ...own.flatMap((one) => listedType(one) ?? [])]
  }

  async function unknownType(name: string): Promise<ParallaxError> {
    const all = (await list()).map((one) => one.name)
    const message = `There is no document type "${name.slice(0, 100)}"; known are ${all.join(', ')}.`
    return new ParallaxError('E_BAD_REQUEST', message)
  }

  return {
    list,
    async find(name) {
      if (await isBuiltIn(name)) return builtInType(name)
      const found = await kept.find(name)
      if (found) return soundType(found)
      throw new ParallaxError('E_NOT_FOUND', `There is no document type ${name}.`)
    },
    async put(name, schema) {
      const { kept: put, isNew } = await keepType(run, kept, name, JSON.stringify(schema))
      return { type: soundType(put), isNew }
    },
    remove: (name) => removeType(kept, name),
    async describe(name, route) {
      if (name === anyType || (await isBuiltIn(name))) return described(name, null, route)
      const found = await kept.find(name)
      if (found) return described(name, found.version, route)
      throw await unknownType(name)
    },
  }
}
