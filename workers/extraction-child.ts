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
import { draftInChild } from '../src/service/draft-in-child.ts'
import { draftRequestSchema } from '../src/service/draft.ts'
import { readInChild, type ChildEngines } from '../src/service/read-in-child.ts'
import { templatesFor } from '../src/service/template-folder.ts'
import { tryInChild } from '../src/service/try-in-child.ts'
import { trialRequestSchema } from '../src/service/try-templates.ts'

const tagger: EntityTagger = ruleTagger()
const engines = new Map<string, Promise<OcrEngine>>()

/** Engines stay warm for the life of the process. */
function ocr(name: string): Promise<OcrEngine> {
  const engine = engines.get(name) ?? createOcrEngine(name)
  engines.set(name, engine)
  return engine
}

const childEngines: ChildEngines = { version, ocr, tagger: async () => tagger }

await serveTasks({
  extract: (payload, context) => readInChild(attemptRequestSchema.parse(payload), childEngines, context),

  draft: (payload, context) => draftInChild(draftRequestSchema.parse(payload), childEngines, context),

  try: (payload, context) => tryInChild(trialRequestSchema.parse(payload), childEngines, context),

  describe: async (payload) => {
    const request = describeRequestSchema.parse(payload)
    const loaded = await loadType(request.spec, request.cwd)
    const templates = await templatesFor(loaded, request.templates)
    const { ref, jsonSchema } = loaded
    return { type: ref, jsonSchema, templates, pipeline: enginesText(await ocr(request.ocr), tagger) }
  },

  check: (payload) => checkInChild(checkRequestSchema.parse(payload)),
})
