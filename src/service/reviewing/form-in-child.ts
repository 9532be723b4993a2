import { formOf } from '../../document-types/form.ts'
import { reloadType } from '../../document-types/load.ts'
import type { FormRequest, TypeForm } from './type-form.ts'

/** The form of a type and its JSON Schema; rejects as `reloadType` does. */
export async function formInChild({ type: ref }: FormRequest): Promise<TypeForm> {
  const loaded = await reloadType(ref)
  return { form: [...formOf(loaded)], jsonSchema: loaded.jsonSchema as TypeForm['jsonSchema'] }
}
