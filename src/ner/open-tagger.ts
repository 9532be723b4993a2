import type { EntityTagger } from '../core/engines.ts'
import { openModel } from '../onnx/model-folder.ts'
import { mergedTagger } from './merged-tagger.ts'
import { ruleTagger } from './rule-tagger.ts'
import { openTokenTagger } from './token-tagger.ts'

/** The tagger that documents are read with; E_ENGINE when its model cannot be used. */
export async function openTagger(): Promise<EntityTagger> {
  return mergedTagger(await openTokenTagger(await openModel('receipt-tagger/1')), ruleTagger())
}
