import { z } from 'zod'
import { formFieldSchema } from '../../contract/review.ts'
import { typeRefSchema, type TypeRef } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'

export const formRequestSchema = z.object({ type: typeRefSchema })
export type FormRequest = z.infer<typeof formRequestSchema>

const typeFormSchema = z.object({
  form: z.array(formFieldSchema),
  jsonSchema: z.record(z.string(), z.unknown()),
})
/** A type as people and tables see it. */
export type TypeForm = z.infer<typeof typeFormSchema>

/** Answers the form of a type; as it is today; E_TYPE_INVALID where it can no longer be loaded. */
export type FormReader = (type: TypeRef) => Promise<TypeForm>

/** Loads types in a child, each once; one that could not be loaded is tried again. */
export function formReader(run: RunTask): FormReader {
  const known = new Map<string, Promise<TypeForm>>()
  return (type) => {
    const id = JSON.stringify([type.name, type.file, type.hash])
    const form = known.get(id) ?? run('form', { type }).then((answer) => typeFormSchema.parse(answer))
    known.set(id, form)
    form.catch(() => known.delete(id))
    return form
  }
}
