import { z } from 'zod'
import {
  acceptedBatchSchema,
  batchPageSchema,
  batchQuerySchema,
  batchSchema,
  type AcceptedBatch,
  type SubmissionForm,
} from '../../contract/jobs.ts'
import { ParallaxError } from '../../core/errors.ts'
import { highPriority } from '../../core/jobs.ts'
import { findBatch, toBatchAnswer } from '../../service/submitting/answers.ts'
import { batchReport } from '../../service/results/batch-report.ts'
import { requireAllowed } from '../../service/webhooks/callback-hosts.ts'
import { submitFiles } from '../../service/submitting/submit-files.ts'
import { parseSubmission, submissionForm, unchecked } from '../form.ts'
import { given } from '../given.ts'
import { goneOf } from '../gone.ts'
import { reportPolicy } from '../headers.ts'
import type { Routes, Service } from '../service.ts'
import { receive } from '../upload.ts'

const tags = ['batches']
const idSchema = z.object({ id: z.string().max(100) })

const submissionHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('the same request under the same key is answered again and submitted once'),
})

interface Asked {
  readonly tenant: string
  readonly idempotencyKey: string | null
}

/** Everything that can be refused is, before anything is recorded. */
async function accept(
  service: Service,
  { tenant, idempotencyKey }: Asked,
  { type, route, callback, priority: wish, name, reference, metadata }: SubmissionForm,
  files: Parameters<typeof submitFiles>[1]['files'],
): Promise<AcceptedBatch> {
  if (files.length === 0) throw new ParallaxError('E_BAD_REQUEST', 'There is no file in the form.')
  if (callback !== undefined) requireAllowed(callback, service.callbacks)
  const description = await service.types.describe(type, route)
  const { store, blobs } = service
  const { ocr, vlm } = service.reader
  const to = { store, blobs, ocr, vlm: vlm.name, pipeline: description.pipeline }
  const priority = wish === 'high' ? highPriority : 0
  const said = { name: name ?? null, reference: reference ?? null, metadata: metadata ?? null }
  const order = { tenant, idempotencyKey, type, route, callback: callback ?? null, priority, files, ...said }
  using _ = await service.admission.admit(tenant, files.length)
  const { batch, jobs } = await submitFiles(to, order, description)
  return { id: batch.id, jobs: jobs.map(({ id, file }) => ({ id, file })) }
}

/** Submitting many files at once, and how far they are. */
export const batchRoutes: Routes = async (app, { service }) => {
  app.post(
    '/v1/batches',
    {
      config: { role: 'submitter' },
      // Before anything of it is read; how many documents it has is known later.
      preParsing: ({ session: { tenant } }) => service.admission.requireRoom(tenant),
      validatorCompiler: ({ httpPart, schema }) =>
        httpPart === 'body' ? unchecked() : app.validatorCompiler!({ httpPart, schema } as never),
      schema: {
        operationId: 'submitBatch',
        summary: 'Submit files to be read',
        tags,
        consumes: ['multipart/form-data'],
        headers: submissionHeaders,
        body: submissionForm,
        response: { 202: acceptedBatchSchema },
      },
    },
    async (request, reply) => {
      await using upload = await receive(request, service.home, service.limits)
      const form = parseSubmission(upload.fields)
      const idempotencyKey = request.headers['idempotency-key'] ?? null
      const { tenant } = request.session
      const answer = await accept(service, { tenant, idempotencyKey }, form, upload.files)
      service.wake()
      void reply.status(202)
      return answer
    },
  )

  app.get(
    '/v1/batches',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'listBatches',
        summary: 'The newest batches first',
        tags,
        querystring: batchQuerySchema,
        response: { 200: batchPageSchema },
      },
    },
    async ({ session: { tenant }, query }) => {
      const { limit } = query
      const filter = { tenant, ...given(query) }
      const batches = await service.store.batches(filter)
      const items = []
      for (const batch of batches) items.push(await toBatchAnswer(service.store, batch))
      return { items, next: items.length < limit ? null : items.at(-1)!.id }
    },
  )

  app.get(
    '/v1/batches/:id',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getBatch',
        summary: 'How far a batch is',
        tags,
        params: idSchema,
        response: { 200: batchSchema },
      },
    },
    async ({ session: { tenant }, params: { id } }) =>
      toBatchAnswer(service.store, await findBatch(service.store, id, tenant)),
  )

  app.get(
    '/v1/batches/:id/report',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getBatchReport',
        summary: 'What a batch came to, as one page of HTML',
        tags,
        params: idSchema,
        response: {
          200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } },
        },
      },
    },
    async ({ session: { tenant }, params: { id } }, reply) => {
      const batch = await findBatch(service.store, id, tenant)
      const html = await batchReport(service, batch, goneOf(reply))
      return reply.header('content-security-policy', reportPolicy).type('text/html; charset=utf-8').send(html)
    },
  )
}
