import { formOf } from '../../document-types/form.ts'
import { currentType } from '../../document-types/load.ts'
import type { FormRequest, TypeForm } from './type-form.ts'

/** The form of a type and its JSON Schema; E_TYPE_INVALID where it can no longer be loaded. */
export async function formInChild({ type: ref }: FormRequest): Promise<TypeForm> {
  const loaded = await currentType(ref)
  return { form: [...formOf(loaded)], jsonSchema: loaded.jsonSchema as TypeForm['jsonSchema'] }
}
