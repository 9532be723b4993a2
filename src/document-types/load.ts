import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { z } from 'zod'
import type { DeclaredType, DocumentType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { TypeRef } from '../core/jobs.ts'
import { checkKeys } from '../core/pointer.ts'
import { builtInTypes } from './built-in-types.ts'
import { openTypeFolder, type TypeFolder } from './type-folder.ts'

/** A loaded type, how to find it again, and its JSON Schema. */
export interface LoadedType {
  readonly type: DocumentType
  readonly ref: TypeRef
  readonly jsonSchema: object
}

// Built-in types need neither a compiler of JSON Schemas nor a loader of modules.
const loadJsonSchemas = () => import('./from-json-schema.ts')
const loadModules = async () => ({
  ...(await import('./user-module.ts')),
  ...(await import('./type-files.ts')),
})

/** The data folder, by whose path the files of its types are named, and those types. */
let kept: { readonly home: string; readonly types: TypeFolder } | null = null

/** From now on the types of this data folder are found by their names too, after the built-in ones. */
export function searchTypesIn(home: string): void {
  kept = { home, types: openTypeFolder(home) }
}

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex')

const keysOf = (node: unknown): readonly string[] =>
  typeof node === 'object' && node !== null
    ? [...Object.keys(node), ...Object.values(node).flatMap(keysOf)]
    : []

const options = { target: 'draft-2020-12', unrepresentable: 'any', cycles: 'throw' } as const

type Override = NonNullable<z.core.ToJSONSchemaContext['override']>

/** What JSON has no word for: a date is written as a day, and what a program makes of a value is shown as what it is made of. */
const override: Override = ({ zodSchema, jsonSchema }) => {
  const { def } = (zodSchema as z.core.$ZodTypes)._zod
  if (def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date' })
  if (def.type !== 'pipe' || (def.out as z.core.$ZodTypes)._zod.def.type !== 'transform') return
  const { $schema: _, ...made } = z.toJSONSchema(def.in, { ...options, override })
  Object.assign(jsonSchema, { ...made, ...jsonSchema })
}

/** The JSON Schema of a type; E_TYPE_INVALID for one that refers to itself or has a field that no object may have. */
export function toJsonSchema({ name, schema }: Pick<DocumentType, 'name' | 'schema'>): object {
  try {
    const jsonSchema = z.toJSONSchema(schema, { ...options, override })
    checkKeys(keysOf(jsonSchema))
    return jsonSchema
  } catch (error) {
    throw new ParallaxError(
      'E_TYPE_INVALID',
      `The type "${name}" cannot be used: ${(error as Error).message}`,
    )
  }
}

/** The type ready to read: without a template of its own, its values are looked for by their captions. */
async function readyToRead(declared: DeclaredType<unknown>): Promise<Omit<LoadedType, 'ref'>> {
  const jsonSchema = toJsonSchema(declared)
  if (declared.template) return { type: declared as DocumentType, jsonSchema }
  const { templateFromSchema } = await import('./schema-template.ts')
  const { askedBy } = await import('./schema-questions.ts')
  const template = templateFromSchema(jsonSchema, declared.name)
  const questions = askedBy(jsonSchema, declared.name).fields
  return { type: { ...declared, template, questions } as DocumentType, jsonSchema }
}

async function readTypeFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new ParallaxError('E_TYPE_INVALID', `There is no readable type file ${file}.`)
  }
}

/** What a type is called that is read from a JSON Schema in this file. */
export const nameOfFile = (file: string): string => basename(file, '.json').replace(/\.schema$/, '')

async function loadFile(file: string, name = nameOfFile(file)): Promise<LoadedType> {
  const content = await readTypeFile(kept ? resolve(kept.home, file) : file)
  if (extname(file) === '.json') {
    const { fromJsonSchema } = await loadJsonSchemas()
    const { jsonSchema, ...type } = fromJsonSchema(content, name)
    return { type, jsonSchema, ref: { name, file, hash: sha256(content) } }
  }
  const { loadUserModule, hashOfType } = await loadModules()
  const hash = await hashOfType(file, content)
  const loaded = await readyToRead(await loadUserModule(file))
  return { ...loaded, ref: { name: loaded.type.name, file, hash } }
}

async function unknownType(name: string): Promise<ParallaxError> {
  const own = (await kept?.types.list()) ?? []
  const known = [...Object.keys(await builtInTypes()), ...own.map(({ ref }) => ref.name)].join(', ')
  return new ParallaxError(
    'E_BAD_REQUEST',
    `There is no document type "${name}"; known are ${known}, or give a file: ./my-type.ts or ./my-schema.json.`,
  )
}

async function loadBuiltIn(name: string): Promise<LoadedType | null> {
  const load = (await builtInTypes())[name]
  if (!load) return null
  const loaded = await readyToRead((await load()).default as DeclaredType<unknown>)
  return { ...loaded, ref: { name, file: null, hash: sha256(JSON.stringify(loaded.jsonSchema)) } }
}

async function loadKept(name: string): Promise<LoadedType | null> {
  const found = await kept?.types.find(name)
  return found ? loadFile(found.ref.file, name) : null
}

async function loadNamed(name: string): Promise<LoadedType> {
  const found = (await loadBuiltIn(name)) ?? (await loadKept(name))
  if (found) return found
  throw await unknownType(name)
}

/** Loads what `--type` names: a built-in type, one of the data folder, or a file (.ts, .mts, .js, .mjs or a JSON Schema in .json). */
export function loadType(spec: string, cwd: string): Promise<LoadedType> {
  const isFile = /\.(m?[jt]s|json)$/.test(spec) || spec.includes('/')
  return isFile ? loadFile(resolve(cwd, spec)) : loadNamed(spec)
}

/** Loads a type again as it is today: what a person looks at or a table has columns for. */
export async function currentType({ name, file }: TypeRef): Promise<LoadedType> {
  if (file !== null) return loadFile(file, name)
  const found = await loadBuiltIn(name)
  if (found) return found
  throw await unknownType(name)
}

/** Loads a type again to read work that was submitted earlier; one that has changed since is refused. */
export async function reloadType(ref: TypeRef): Promise<LoadedType> {
  const loaded = await currentType(ref)
  if (loaded.ref.hash === ref.hash) return loaded
  throw new ParallaxError(
    'E_TYPE_INVALID',
    `The type "${ref.name}" has changed since the document was submitted: submit it again.`,
  )
}
