import { version } from '../src/app.ts'
import { serveTasks } from '../src/compute/child.ts'
import type { EntityTagger, OcrEngine } from '../src/core/engines.ts'
import { loadType } from '../src/document-types/load.ts'
import { ruleTagger } from '../src/ner/rule-tagger.ts'
import { createOcrEngine } from '../src/ocr/registry.ts'
import { attemptRequestSchema } from '../src/service/attempt.ts'
import { checkRequestSchema } from '../src/service/check.ts'
import { checkInChild } from '../src/service/check-in-child.ts'
import { describeRequestSchema } from '../src/service/describe.ts'
import { enginesText } from '../src/service/pipeline.ts'
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
    readInChild(attemptRequestSchema.parse(payload), { version, ocr, tagger: async () => tagger }, context),

  describe: async (payload) => {
    const request = describeRequestSchema.parse(payload)
    const { ref, jsonSchema } = await loadType(request.spec, request.cwd)
    return { type: ref, jsonSchema, pipeline: enginesText(await ocr(request.ocr), tagger) }
  },

  check: (payload) => checkInChild(checkRequestSchema.parse(payload)),
})
