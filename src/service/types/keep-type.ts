import { ParallaxError } from '../../core/errors.ts'
import { checkTypeName, type PutType, type TypeFolder } from '../../document-types/type-folder.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { checkSchema } from './check-schema.ts'

/** A JSON Schema as it is kept: the same one is the same text, however it was laid out. */
const asKept = (text: string): string => JSON.stringify(JSON.parse(text))

/**
 * Keeps the text of a JSON Schema as the version in use of a type, once it was found that documents can be read by it. E_BAD_REQUEST for
 * a name that no type can have; E_TYPE_INVALID or E_SCHEMA_UNSAFE, as loading it would; E_STORAGE.
 */
export async function keepType(
  run: RunTask,
  types: TypeFolder,
  name: string,
  text: string,
): Promise<PutType> {
  await checkTypeName(name)
  await checkSchema(run, { name, text })
  return types.put(name, asKept(text))
}

/** Has a type offered no longer; E_NOT_FOUND where none of the name is kept. */
export async function removeType(types: TypeFolder, name: string): Promise<void> {
  if (await types.remove(name)) return
  throw new ParallaxError(
    'E_NOT_FOUND',
    `There is no document type ${name.slice(0, 100)} that could be removed.`,
  )
}
