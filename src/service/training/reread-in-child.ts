import { pathToFileURL } from 'node:url'
import type { EntityTagger } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import { dropInvalid } from '../../extractors/invalid-values.ts'
import { validate } from '../../extractors/validate.ts'
import { openDocumentAsker } from '../../ner/document-asker.ts'
import { openModel } from '../../onnx/model-folder.ts'
import { readyType } from '../types/ready-type.ts'
import type { Reread, RereadingRequest } from './lesson.ts'

/** What is asked for the fields of a type, by a model in a folder of models. */
async function askerOf({ type: ref, model, models }: RereadingRequest): Promise<EntityTagger> {
  const { questions = [] } = await readyType(ref)
  const folder = models === null ? undefined : pathToFileURL(`${models}/`)
  return openDocumentAsker(await openModel(model, folder), questions)
}

/** Asks a model about the words of a document and fills its type, as the modular path does once it has read them. */
export async function rereadInChild(request: RereadingRequest): Promise<Reread> {
  const type = await readyType(request.type)
  const { pages, digitConfusions } = request.reading
  const asker = await askerOf(request)
  try {
    const entities = await asker.tag(pages)
    const filled = type.template.fill({
      pages,
      entities,
      digitConfusions: digitConfusions,
    })
    const { data, fields } = dropInvalid(filled, type)
    const read = Object.entries(fields).map(([pointer, { value, text }]) => [pointer, { value, text }] as const)
    return { data: dataOrNull(data, type), fields: Object.fromEntries(read) }
  } finally {
    await asker.dispose?.()
  }
}

/** What the schema makes of the data; null where it refuses it. */
function dataOrNull(data: unknown, type: Parameters<typeof validate>[1]): Reread['data'] {
  try {
    return validate(data, type).data
  } catch (error) {
    if (error instanceof ParallaxError && error.code === 'E_SCHEMA_MISMATCH') return null
    throw error
  }
}
