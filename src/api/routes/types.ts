import { z } from 'zod'
import { limitsSchema } from '../../contract/jobs.ts'
import {
  documentTypeSchema,
  documentTypesSchema,
  newTypeSchema,
  typeTrialSchema,
} from '../../contract/types.ts'
import type { Session } from '../../contract/common.ts'
import { ParallaxError } from '../../core/errors.ts'
import { localTenant } from '../../core/jobs.ts'
import { schemaLimits } from '../../document-types/json-schema-limits.ts'
import { checkTypeName } from '../../document-types/type-folder.ts'
import { trySchemaOn } from '../../service/reading/schemas.ts'
import { parseTrial, trialForm, unchecked } from '../form.ts'
import { goneOf } from '../gone.ts'
import { schemaFile } from '../schema-file.ts'
import type { Routes, Service } from '../service.ts'
import { receive, requestBytes, type Upload } from '../upload.ts'

const tags = ['types']
const params = z.object({ name: z.string().max(200) })

/** More than a schema may have, so that one that is too long is told so by what loads it. */
const trialFieldBytes = 2 * schemaLimits.bytes

const etagOf = (hash: string): string => `"${hash}"`

/** Whether whoever asks has this one: by its tag, among others, or marked as weak. */
const isKnown = (known: string | undefined, etag: string): boolean =>
  known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false

/** Types are the same for all tenants: E_FORBIDDEN for an administrator of one among them. */
function requireOwner({ tenant, name }: Session): void {
  if (tenant === localTenant) return
  throw new ParallaxError(
    'E_FORBIDDEN',
    `Document types are those of all tenants: they are kept by an admin of ${localTenant}; ${name} is one of ${tenant}.`,
  )
}

/** What each field of a schema finds on a document; both are gone afterwards. */
async function tryOn({ home, run, reader }: Service, { fields, files }: Upload, gone: AbortSignal) {
  const { schema, name } = parseTrial(fields)
  const [file] = files
  if (!file) throw new ParallaxError('E_BAD_REQUEST', 'There is no file in the form.')
  await checkTypeName(name)
  await using written = await schemaFile(home, name, schema)
  const { ocr, pageMs } = reader
  const request = { bytes: await file.bytes(), type: written.type, ocr, pageMs }
  return await trySchemaOn(run, request, gone)
}

/** What can be asked for: document types by name, and how much at a time. */
export const typeRoutes: Routes = async (app, { service }) => {
  const { types, limits } = service

  // By which a JSON Schema is sent as what it is.
  app.addContentTypeParser(
    'application/schema+json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  )

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
    async () => ({ items: [...(await types.list())] }),
  )

  app.get(
    '/v1/types/:name',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getType',
        summary: 'A document type; its ETag changes with it',
        tags,
        params,
        headers: z.object({ 'if-none-match': z.string().max(1000).optional() }),
        response: {
          200: documentTypeSchema,
          304: z.null().describe('It is the one that is known.'),
        },
      },
    },
    async ({ params: { name }, headers }, reply) => {
      const type = await types.find(name)
      const etag = etagOf(type.hash)
      void reply.header('etag', etag)
      if (isKnown(headers['if-none-match'], etag)) return reply.status(304).send(null)
      return type
    },
  )

  app.put(
    '/v1/types/:name',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'putType',
        summary: 'Keep a JSON Schema as the version in use of a document type',
        tags,
        params,
        body: newTypeSchema,
        response: {
          200: documentTypeSchema.describe('The version in use says the same.'),
          201: documentTypeSchema.describe('It is a new version.'),
        },
      },
    },
    async ({ session, params: { name }, body }, reply) => {
      requireOwner(session)
      const { type, isNew } = await types.put(name, body)
      return reply
        .status(isNew ? 201 : 200)
        .header('etag', etagOf(type.hash))
        .send(type)
    },
  )

  app.delete(
    '/v1/types/:name',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'deleteType',
        summary: 'Offer a document type no longer; what was read by it can still be looked at',
        tags,
        params,
        response: { 204: z.null().describe('New documents cannot be of this type.') },
      },
    },
    async ({ session, params: { name } }, reply) => {
      requireOwner(session)
      await types.remove(name)
      return reply.status(204).send(null)
    },
  )

  app.post(
    '/v1/types/try',
    {
      config: { role: 'admin' },
      preParsing: async ({ session }) => service.limiter.requireRoom(session.tenant),
      validatorCompiler: unchecked,
      schema: {
        operationId: 'tryType',
        summary: 'What each field of a JSON Schema finds on a document; keeps neither',
        tags,
        consumes: ['multipart/form-data'],
        body: trialForm,
        response: { 200: typeTrialSchema },
      },
    },
    async (request, reply) => {
      const { tenant } = request.session
      const atMost = { ...limits, files: 1, fieldBytes: trialFieldBytes }
      await using upload = await receive(request, service.home, atMost)
      const gone = goneOf(reply)
      return { items: await service.limiter.run(tenant, () => tryOn(service, upload, gone), gone) }
    },
  )
}
