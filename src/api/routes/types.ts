import { z } from 'zod'
import { documentTypeSchema, documentTypesSchema } from '../../contract/jobs.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Routes } from '../service.ts'

const tags = ['types']

/** The document types that can be asked for by name. */
export const typeRoutes: Routes = async (app, { service: { types } }) => {
  app.get(
    '/v1/types',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'listTypes',
        summary: 'The document types',
        tags,
        response: { 200: documentTypesSchema },
      },
    },
    async () => {
      const items = []
      for (const name of await types.names()) items.push({ name, jsonSchema: await types.jsonSchema(name) })
      return { items }
    },
  )

  app.get(
    '/v1/types/:name',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getType',
        summary: 'A document type',
        tags,
        params: z.object({ name: z.string().max(200) }),
        response: { 200: documentTypeSchema },
      },
    },
    async ({ params: { name } }) => {
      if (!(await types.names()).includes(name))
        throw new ParallaxError('E_NOT_FOUND', `There is no document type ${name}.`)
      return { name, jsonSchema: await types.jsonSchema(name) }
    },
  )
}
