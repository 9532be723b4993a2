import { serveTasks } from '../src/compute/child.ts'
import type { EntityTagger, OcrEngine } from '../src/core/engines.ts'
import { getPointer } from '../src/core/pointer.ts'
import { loadType, reloadType } from '../src/document-types/load.ts'
import { ruleTagger } from '../src/ner/rule-tagger.ts'
import { createOcrEngine } from '../src/ocr/registry.ts'
import { attemptRequestSchema } from '../src/service/attempt.ts'
import { describeRequestSchema, validateRequestSchema } from '../src/service/describe.ts'
import { readInChild } from '../src/service/read-in-child.ts'

const tagger: EntityTagger = ruleTagger()
const engines = new Map<string, Promise<OcrEngine>>()

/** Engines stay warm for the life of the process. */
function ocr(name: string): Promise<OcrEngine> {
  const engine = engines.get(name) ?? createOcrEngine(name)
  engines.set(name, engine)
  return engine
}

await serveTasks({
  extract: (payload, context) =>
    readInChild(attemptRequestSchema.parse(payload), { ocr, tagger: async () => tagger }, context),

  describe: async (payload) => {
    const request = describeRequestSchema.parse(payload)
    const { ref, jsonSchema } = await loadType(request.spec, request.cwd)
    const { name, revision } = await ocr(request.ocr)
    return { type: ref, jsonSchema, pipeline: `${name}@${revision}+${tagger.name}@${tagger.revision}` }
  },

  validate: async (payload) => {
    const { type: ref, data, fields } = validateRequestSchema.parse(payload)
    const { type } = await reloadType(ref)
    const parsed = type.schema.safeParse(data)
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!
      return `/${path.join('/')} would not fit the type "${type.name}": ${message}`
    }
    const unknown = fields.find((field) => getPointer(parsed.data, field) === undefined)
    return unknown === undefined ? null : `The type "${type.name}" has no field ${unknown}.`
  },
})
