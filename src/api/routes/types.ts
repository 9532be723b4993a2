import { z } from 'zod'
import { documentTypeSchema, documentTypesSchema, limitsSchema } from '../../contract/jobs.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Routes } from '../service.ts'
import { requestBytes } from '../upload.ts'

const tags = ['types']

/** What can be asked for: document types by name, and how much at a time. */
export const typeRoutes: Routes = async (app, { service: { types, limits } }) => {
  app.get(
    '/v1/limits',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getLimits',
        summary: 'What a submission may hold at most',
        tags: ['batches'],
        response: { 200: limitsSchema },
      },
    },
    async () => ({ fileBytes: limits.fileBytes, files: limits.files, requestBytes }),
  )

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
