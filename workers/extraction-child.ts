import { version } from '../src/app/package.ts'
import { serveTasks } from '../src/compute/child.ts'
import type { DocumentType } from '../src/core/document-type.ts'
import type { OcrEngine } from '../src/core/engines.ts'
import { typeRefSchema } from '../src/core/jobs.ts'
import { loadType, searchTypesIn } from '../src/document-types/load.ts'
import { readConfig } from '../src/config.ts'
import { loadDocument } from '../src/imaging/load.ts'
import { readingRevision } from '../src/identity/own-revision.ts'
import { searchModelsIn } from '../src/onnx/model-folder.ts'
import { askerFor } from '../src/onnx/own-model.ts'
import { openTagger } from '../src/ner/open-tagger.ts'
import { createOcrEngine } from '../src/ocr/registry.ts'
import { classifierInUse } from '../src/classifying/open-classifier.ts'
import { anyType } from '../src/core/told-type.ts'
import { featuresRequestSchema } from '../src/service/types/learn-type.ts'
import { describeAny, featuresInChild, tellTypesInChild } from '../src/service/reading/tell-types-in-child.ts'
import { tellTypesRequestSchema } from '../src/service/types/told-types.ts'
import { vlmSettingsSchema, type VlmBackend } from '../src/core/vlm.ts'
import { createVlmBackend } from '../src/vlm/registry.ts'
import { settingsFor } from '../src/vlm/settings-for.ts'
import { cropRequestSchema } from '../src/report/crop-request.ts'
import { cropInChild } from '../src/report/crops.ts'
import { keepingLast, readingOnce } from '../src/service/reading/at-hand.ts'
import { attemptRequestSchema } from '../src/service/reading/attempt.ts'
import { checkRequestSchema } from '../src/service/reviewing/check.ts'
import { checkInChild } from '../src/service/reviewing/check-in-child.ts'
import { schemaCheckRequestSchema } from '../src/service/types/check-schema.ts'
import { describeRequestSchema } from '../src/service/types/describe.ts'
import { draftInChild } from '../src/service/reading/draft-in-child.ts'
import { draftRequestSchema } from '../src/service/reading/draft.ts'
import { explainInChild } from '../src/service/reading/explain-in-child.ts'
import { formInChild } from '../src/service/reviewing/form-in-child.ts'
import { collectEvidenceInChild } from '../src/service/judging/collect-evidence-in-child.ts'
import { judgeInChild, judgeRequestSchema } from '../src/service/judging/judge-in-child.ts'
import { openCalibration, type OpenCalibration } from '../src/service/judging/open-calibration.ts'
import { pageSizesRequestSchema, pictureRequestSchema } from '../src/service/reviewing/page-pictures.ts'
import { pictureInChild, sizesInChild } from '../src/service/reviewing/pictures-in-child.ts'
import { pipelineOf, readInChild, type ChildEngines } from '../src/service/reading/read-in-child.ts'
import { readyType } from '../src/service/types/ready-type.ts'
import { regionRequestSchema } from '../src/service/reviewing/read-region.ts'
import { regionInChild } from '../src/service/reviewing/region-in-child.ts'
import { templatesFor } from '../src/service/types/template-folder.ts'
import { formRequestSchema } from '../src/service/reviewing/type-form.ts'
import { schemaDraftRequestSchema, schemaTrialRequestSchema } from '../src/service/reading/schemas.ts'
import { draftSchemaInChild, trySchemaInChild } from '../src/service/reading/schemas-in-child.ts'
import { lessonRequestSchema, rereadingRequestSchema } from '../src/service/training/lesson.ts'
import { lessonInChild } from '../src/service/training/lesson-in-child.ts'
import { rereadInChild } from '../src/service/training/reread-in-child.ts'
import { tryInChild } from '../src/service/reading/try-in-child.ts'
import { trialRequestSchema } from '../src/service/reading/try-templates.ts'

/** What `open` made for a name stays warm for the life of the process; what failed is tried again. */
function warm<T>(open: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const opened = new Map<string, Promise<T>>()
  return (name) => {
    const one = opened.get(name) ?? open(name)
    opened.set(name, one)
    one.catch(() => opened.delete(name))
    return one
  }
}

const load = keepingLast((bytes, onPage, extent) => loadDocument(bytes, {}, onPage, extent))
const ocr = warm<OcrEngine>(async (name) => readingOnce(await createOcrEngine(name)))

const typeOf = (ref: string): Promise<DocumentType> => readyType(typeRefSchema.parse(JSON.parse(ref)))

/** One for each way to reach it. */
const backends = warm<VlmBackend>((way) => createVlmBackend(vlmSettingsSchema.parse(JSON.parse(way))))
const vlm: ChildEngines['vlm'] = async (settings, type) =>
  backends(JSON.stringify(await settingsFor(await readyType(type), settings)))

/** One for each type and model. */
const taggers = warm(async (asked) => {
  const [type, asker] = JSON.parse(asked) as [unknown, string]
  return openTagger(await typeOf(JSON.stringify(type)), asker)
})
const tagger: ChildEngines['tagger'] = async (type, pipeline) =>
  taggers(JSON.stringify([type, await askerFor(type.name, pipeline)]))
const calibrations = warm((type) => openCalibration(typeRefSchema.parse(JSON.parse(type))))
const calibration: OpenCalibration = (type) => calibrations(JSON.stringify(type))

/** The one in use, which `parallax types learn` may have written anew. */
const classifier = classifierInUse()

const { home, models, ownModels } = readConfig()
searchTypesIn(home)
searchModelsIn(ownModels)
if (models !== undefined) searchModelsIn(models)

const childEngines: ChildEngines = {
  version: readingRevision(version),
  load,
  ocr,
  tagger,
  vlm,
  calibration,
}

await serveTasks({
  extract: (payload, context) => readInChild(attemptRequestSchema.parse(payload), childEngines, context),

  tellTypes: (payload, context) =>
    tellTypesInChild(tellTypesRequestSchema.parse(payload), childEngines, classifier, context),

  features: (payload, context) =>
    featuresInChild(featuresRequestSchema.parse(payload), childEngines, context),

  judge: (payload) => judgeInChild(judgeRequestSchema.parse(payload), calibration),

  collectEvidence: (payload) => collectEvidenceInChild(judgeRequestSchema.parse(payload)),

  explain: (payload, context) => explainInChild(attemptRequestSchema.parse(payload), childEngines, context),

  draft: (payload, context) => draftInChild(draftRequestSchema.parse(payload), childEngines, context),

  try: (payload, context) => tryInChild(trialRequestSchema.parse(payload), childEngines, context),

  trySchema: (payload, context) =>
    trySchemaInChild(schemaTrialRequestSchema.parse(payload), childEngines, context),

  draftSchema: (payload, context) =>
    draftSchemaInChild(schemaDraftRequestSchema.parse(payload), childEngines, context),

  describe: async (payload) => {
    const request = describeRequestSchema.parse(payload)
    if (request.spec === anyType)
      return {
        ...(await describeAny(request, request.templates, childEngines, classifier)),
        ...{ jsonSchema: {}, templates: [], otherTypes: [] },
      }
    const loaded = await loadType(request.spec, request.cwd)
    const found = await templatesFor(loaded, request.templates)
    const { ref, jsonSchema } = loaded
    const pipeline = await pipelineOf({ ...request, type: ref }, childEngines)
    return { ...found, type: ref, jsonSchema, pipeline }
  },

  checkSchema: async (payload) => {
    const { name, text } = schemaCheckRequestSchema.parse(payload)
    const { fromJsonSchema } = await import('../src/document-types/from-json-schema.ts')
    fromJsonSchema(text, name)
    return null
  },

  lesson: (payload, context) => lessonInChild(lessonRequestSchema.parse(payload), childEngines, context),

  reread: (payload) => rereadInChild(rereadingRequestSchema.parse(payload)),

  check: (payload) => checkInChild(checkRequestSchema.parse(payload)),

  form: (payload) => formInChild(formRequestSchema.parse(payload)),

  sizes: (payload) => sizesInChild(pageSizesRequestSchema.parse(payload)),

  picture: (payload) => pictureInChild(pictureRequestSchema.parse(payload)),

  region: (payload) => regionInChild(regionRequestSchema.parse(payload), childEngines),

  crop: (payload) => cropInChild(cropRequestSchema.parse(payload)),
})
