import type { DocumentType } from '../core/document-type.ts'
import type { EntityTagger } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import { hasModel, openModel } from '../onnx/model-folder.ts'
import { openTypeModel } from '../onnx/type-model.ts'
import { anyDocument } from '../onnx/own-model.ts'
import { openDocumentAsker } from './document-asker.ts'
import { mergedTagger } from './merged-tagger.ts'
import { ruleTagger } from './rule-tagger.ts'
import { openTokenTagger } from './token-tagger.ts'

async function taggerOf({ model: id, labellers = [] }: DocumentType): Promise<EntityTagger | null> {
  const rules = labellers.length > 0 ? ruleTagger(labellers) : null
  const model = id === undefined ? null : await openTypeModel(id)
  if (model?.parts.tagger === undefined) return rules
  const network = await openTokenTagger(await openModel(model.parts.tagger))
  if (!rules) return network
  if (model.merging) return mergedTagger(network, rules, model.merging)
  throw new ParallaxError(
    'E_ENGINE',
    `The model ${model.id} does not say how its tagger goes together with labellers.`,
  )
}

/** E_TYPE_INVALID for a template that waits for labels which nobody gives. */
function requireLabels({ name, template }: DocumentType, tagger: EntityTagger | null): void {
  const given = tagger?.labels ?? []
  const unknown = (template.labels ?? []).find((label) => !given.includes(label))
  if (unknown === undefined) return
  const known =
    given.length === 0
      ? 'the type has neither labellers nor a model with a tagger'
      : `known are ${given.join(', ')}`
  throw new ParallaxError(
    'E_TYPE_INVALID',
    `The template of "${name}" looks for the label ${unknown}, which nothing gives to words; ${known}. Give the type labellers, or a model such as "receipt/1".`,
  )
}

/** What is asked for the fields of a type; null where it has none to ask for, or no model for any document is there. */
async function askerOf({ questions = [] }: DocumentType, model: string): Promise<EntityTagger | null> {
  if (questions.length === 0 || (model === anyDocument && !(await hasModel(model)))) return null
  return openDocumentAsker(await openModel(model), questions)
}

/**
 * What labels the words of documents of this type: the tagger of its model and its own labellers; null where its template looks
 * for no labels; where the type has questions `asker`, its own model or that for any document. E_ENGINE when a model cannot be used, E_TYPE_INVALID when the template looks for a label that nothing gives.
 */
export async function openTagger(type: DocumentType, asker = anyDocument): Promise<EntityTagger | null> {
  if (type.template.labels?.length === 0) return askerOf(type, asker)
  const tagger = await taggerOf(type)
  requireLabels(type, tagger)
  return tagger
}
