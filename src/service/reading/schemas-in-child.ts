import { ParallaxError } from '../../core/errors.ts'
import { draftSchema } from '../../document-types/draft-schema.ts'
import { reloadType } from '../../document-types/load.ts'
import { trySchema, type TriedField } from '../../document-types/try-schema.ts'
import type { ChildEngines, ReadProgress } from './read-in-child.ts'
import { readText } from './read-text.ts'
import type { SchemaDraft, SchemaDraftRequest, SchemaTrialRequest } from './schemas.ts'

/** Reads a document and tells what each field of its type finds; E_BAD_REQUEST for a type that is not asked for by its schema. */
export async function trySchemaInChild(
  { type: ref, ...request }: SchemaTrialRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<readonly TriedField[]> {
  const { type, jsonSchema } = await reloadType(ref)
  if (!type.questions)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The type "${type.name}" reads by rules of its own and not by its schema: parallax extract --explain shows what it sees.`,
    )
  return trySchema(jsonSchema, type.name, await readText({ ...request, type: ref }, engines, progress))
}

/** Reads a document and drafts the schema of such documents; E_BAD_REQUEST where it prints nothing that looks like a value. */
export async function draftSchemaInChild(
  { title, ...request }: SchemaDraftRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<SchemaDraft> {
  const { pages } = await readText({ ...request, type: null }, engines, progress)
  const { schema, properties } = draftSchema(pages, title)
  if (properties.length === 0)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      'No caption with a value was found, and no table below headings.',
    )
  return { schema: { ...schema }, properties: [...properties] }
}
