import type { DocumentType } from '../core/document-type.ts'
import type { VlmSettings } from '../core/vlm.ts'
import { openTypeModel } from '../onnx/type-model.ts'

/** The settings; where they ask for the project's own model and name none, with that of the type. */
export async function settingsFor({ model: id }: DocumentType, settings: VlmSettings): Promise<VlmSettings> {
  if (settings.name !== 'onnx' || id === undefined) return settings
  const { direct } = (await openTypeModel(id)).parts
  return direct === undefined ? settings : { ...settings, name: `onnx:${direct}` }
}
