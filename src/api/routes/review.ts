import { z } from 'zod'
import { jobSchema } from '../../contract/jobs.ts'
import {
  changesSchema,
  checkedSchema,
  documentSchema,
  endRequestSchema,
  nextRequestSchema,
  nextReviewSchema,
  readRegionSchema,
  regionSchema,
  rejectRequestSchema,
  reviewQueueSchema,
  reviewSchema,
  triedChangesSchema,
} from '../../contract/review.ts'
import { ParallaxError } from '../../core/errors.ts'
import { toJobAnswer } from '../../service/submitting/answers.ts'
import { checkData } from '../../service/reviewing/check.ts'
import { findJob } from '../../service/submitting/find-job.ts'
import { openPictures, submittedBytes } from '../../service/reviewing/page-pictures.ts'
import { readRegion } from '../../service/reviewing/read-region.ts'
import { countWaiting, documentData, reviewData, reviewQueue } from '../../service/reviewing/review-data.ts'
import {
  closeReview,
  correct,
  heldUntil,
  openReview,
  reopenReview,
  tryChanges,
  type CheckCorrected,
} from '../../service/reviewing/review.ts'
import { formReader } from '../../service/reviewing/type-form.ts'
import { goneOf } from '../gone.ts'
import type { Routes } from '../service.ts'

const config = { role: 'reviewer' } as const
const tags = ['review']
const params = z.object({ id: z.string().max(100) })
const limitSchema = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) })

/** The currency of a document, as it stands in its data. */
const currencySchema = z
  .object({ currency: z.string().nullable().catch(null) })
  .catch({ currency: null })
  .transform(({ currency }) => currency)

/** Looking at flagged documents and putting them right. */
export const reviewRoutes: Routes = async (app, { service }) => {
  const { store, run, reader } = service
  const desk = { store, forms: formReader(run), pictures: openPictures(service, run) }

  const checkFor = async (id: string, tenant: string): Promise<CheckCorrected> => {
    const job = await findJob(store, id, tenant)
    const work = await store.work(job.key)
    return ({ data, fields, missing }) =>
      checkData(run, { type: work!.type, data, fields: [...fields], missing: [...missing] })
  }

  app.get(
    '/v1/review',
    {
      config,
      schema: {
        operationId: 'listReview',
        summary: 'What waits for a person, the most urgent first',
        tags,
        querystring: limitSchema,
        response: { 200: reviewQueueSchema },
      },
    },
    ({ session: { tenant }, query: { limit } }) => reviewQueue(store, tenant, limit),
  )

  app.post(
    '/v1/review/next',
    {
      config,
      schema: {
        operationId: 'nextReview',
        summary: 'The next document to look at, held for ten minutes',
        tags,
        body: nextRequestSchema,
        response: { 200: nextReviewSchema },
      },
    },
    async ({ session: { tenant, name }, body: { not } }) => {
      const job = await store.holdReview(name, heldUntil(), { tenant, ...(not === undefined ? {} : { not }) })
      return { job: job && toJobAnswer(job), waiting: await countWaiting(store, tenant) }
    },
  )

  app.get(
    '/v1/review/:id',
    {
      config,
      schema: {
        operationId: 'getReview',
        summary: 'All that is needed to review a document',
        tags,
        params,
        response: { 200: reviewSchema },
      },
    },
    ({ session: { tenant }, params: { id } }) => reviewData(desk, id, tenant),
  )

  app.post(
    '/v1/review/:id/check',
    {
      config,
      schema: {
        operationId: 'checkReview',
        summary: 'What would be wrong with a document after changes; records nothing',
        tags,
        params,
        body: triedChangesSchema,
        response: { 200: checkedSchema },
      },
    },
    async ({ session: { tenant }, params: { id }, body: { changes, revision = null } }) => {
      const check = await checkFor(id, tenant)
      const { problem, flags } = await tryChanges(store, id, changes, check, { tenant, revision })
      return { problem, flags }
    },
  )

  app.post(
    '/v1/review/:id/corrections',
    {
      config,
      schema: {
        operationId: 'correctReview',
        summary: 'Change values of a document; its review goes on',
        tags,
        params,
        body: changesSchema,
        response: { 200: reviewSchema },
      },
    },
    async ({ session: { tenant, name }, params: { id }, body: { changes, revision } }) => {
      await correct(store, id, changes, name, await checkFor(id, tenant), { tenant, revision })
      return reviewData(desk, id, tenant)
    },
  )

  app.post(
    '/v1/review/:id/read',
    {
      config,
      schema: {
        operationId: 'readRegion',
        summary: 'Read a place of a document anew',
        tags,
        params,
        body: regionSchema,
        response: { 200: readRegionSchema },
      },
    },
    async ({ session: { tenant }, params: { id }, body: { page, box, field = null } }, reply) => {
      const { job, row: result } = await openReview(store, id, tenant)
      const { type } = (await store.work(job.key))!
      const currency = currencySchema.parse(result.data)
      const gone = goneOf(reply)
      const read = async () => {
        const { bytes } = await submittedBytes(service, job)
        return readRegion(run, { bytes, page, box, field, type, ocr: reader.ocr, currency }, gone)
      }
      return service.limiter.run(tenant, read, gone)
    },
  )

  app.post(
    '/v1/review/:id/accept',
    {
      config,
      schema: {
        operationId: 'acceptReview',
        summary: 'The values, with corrections, are right',
        tags,
        params,
        body: endRequestSchema.nullish(),
        response: { 200: jobSchema },
      },
    },
    async ({ session: { tenant, name }, params: { id }, body }) => {
      const revision = body?.revision ?? null
      await closeReview(store, id, { status: 'reviewed', by: name }, { tenant, revision })
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )

  app.post(
    '/v1/review/:id/reject',
    {
      config,
      schema: {
        operationId: 'rejectReview',
        summary: 'The document is no use, and why',
        tags,
        params,
        body: rejectRequestSchema.nullish(),
        response: { 200: jobSchema },
      },
    },
    async ({ session: { tenant, name }, params: { id }, body }) => {
      const { revision = null, reason = null, note = null } = body ?? {}
      const rejection = reason === null && note === null ? null : { reason, note }
      await closeReview(store, id, { status: 'rejected', by: name, rejection }, { tenant, revision })
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )

  app.post(
    '/v1/review/:id/reopen',
    {
      config,
      schema: {
        operationId: 'reopenReview',
        summary:
          'Have a person look (again) at a document that was accepted or rejected; it is held for ten minutes',
        tags,
        params,
        response: { 200: jobSchema },
      },
    },
    async ({ session: { tenant, name }, params: { id } }) => {
      await reopenReview(store, id, name, tenant)
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )

  app.get(
    '/v1/jobs/:id/document',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getDocument',
        summary: 'A document with its values and pages and what people did to it, in whatever state it is',
        tags: ['jobs'],
        params,
        response: { 200: documentSchema },
      },
    },
    ({ session: { tenant }, params: { id } }) => documentData(desk, id, tenant),
  )

  app.post(
    '/v1/review/:id/skip',
    {
      config,
      schema: {
        operationId: 'skipReview',
        summary: 'Leave a document to a later time',
        tags,
        params,
        response: { 200: jobSchema },
      },
    },
    async ({ session: { tenant, name }, params: { id } }) => {
      await openReview(store, id, tenant)
      if (!(await store.skipReview(id, name)))
        throw new ParallaxError('E_CONFLICT', `Somebody else has just ended the review of job ${id}.`)
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )
}
