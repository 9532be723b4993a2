import { z } from 'zod'
import { jobPageSchema, jobQuerySchema, jobSchema, resultAnswerSchema } from '../../contract/jobs.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Job } from '../../core/jobs.ts'
import { toJobAnswer } from '../../service/submitting/answers.ts'
import { openCertificateStore } from '../../service/certifying/certificate-store.ts'
import { findJob } from '../../service/submitting/find-job.ts'
import { retryJob } from '../../service/submitting/retry.ts'
import { redactedResult } from '../../service/results/redacted.ts'
import { resultOf } from '../../service/results/result-of-job.ts'
import { submissionNotes } from '../../service/results/submission-notes.ts'
import { summarised } from '../../service/reviewing/summary.ts'
import { formReader } from '../../service/reviewing/type-form.ts'
import { requireRole } from '../access.ts'
import { given } from '../given.ts'
import type { Routes } from '../service.ts'

const tags = ['jobs']
const idSchema = z.object({ id: z.string().max(100) })

const wasCancelled = ({ id }: Job): ParallaxError =>
  new ParallaxError('E_CONFLICT', `Job ${id} was cancelled and has no result.`)

const noResult = ({ id, status }: Job): ParallaxError =>
  new ParallaxError('E_NOT_READY', `Job ${id} is ${status}; there is no result yet.`)

/** The documents that were submitted, and what was read. */
export const jobRoutes: Routes = async (app, { service }) => {
  const { store } = service
  const forms = formReader(service.run)
  const certificates = openCertificateStore(service.home)

  app.get(
    '/v1/jobs',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'listJobs',
        summary: 'Jobs in the order in which they were submitted',
        tags,
        querystring: jobQuerySchema,
        response: { 200: jobPageSchema },
      },
    },
    async ({ session: { tenant }, query: { limit, after, batch, status, search, summary } }) => {
      const statuses = status === undefined ? undefined : [status]
      const filter = given({ after, batchId: batch, status: statuses, search })
      const jobs = await store.list({ tenant, limit, ...filter })
      const items = summary === 'true' ? await summarised({ store, forms }, jobs) : jobs.map(toJobAnswer)
      return { items, next: jobs.length < limit ? null : jobs.at(-1)!.id }
    },
  )

  app.get(
    '/v1/jobs/:id',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getJob',
        summary: 'How a document fares',
        tags,
        params: idSchema,
        response: { 200: jobSchema },
      },
    },
    async ({ session: { tenant }, params: { id } }) => toJobAnswer(await findJob(store, id, tenant)),
  )

  app.get(
    '/v1/jobs/:id/result',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getResult',
        summary: 'What was read, with the corrections of whoever reviewed it',
        tags,
        params: idSchema,
        response: { 200: resultAnswerSchema },
      },
    },
    async ({ session: { tenant }, params: { id } }) => {
      const job = await findJob(store, id, tenant)
      // Another job of the same work may have one.
      if (job.status === 'cancelled') throw wasCancelled(job)
      const result = await resultOf(store, job, await certificates.marker(tenant))
      if (!result) throw noResult(job)
      const submission = await submissionNotes(store)(job)
      return { ...redactedResult(result), ...(submission && { submission }) }
    },
  )

  app.post(
    '/v1/jobs/:id/retry',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'retryJob',
        summary:
          'Read an ended document again, or a damaged one; one that a person has decided about needs the role reviewer',
        tags,
        params: idSchema,
        response: { 200: jobSchema },
      },
    },
    async ({ session, params: { id } }) => {
      const { tenant } = session
      const { status } = await findJob(store, id, tenant)
      if (status === 'rejected' || status === 'reviewed') requireRole(session, 'reviewer')
      await retryJob(service, id)
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )

  app.post(
    '/v1/jobs/:id/cancel',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'cancelJob',
        summary: 'Stop waiting for a document; one that needs review needs the role reviewer',
        tags,
        params: idSchema,
        response: { 200: jobSchema },
      },
    },
    async ({ session, params: { id } }) => {
      const { tenant } = session
      const { status } = await findJob(store, id, tenant)
      if (status === 'needs_review') requireRole(session, 'reviewer')
      if (!(await store.cancel(id)))
        throw new ParallaxError('E_CONFLICT', `Job ${id} is ${status} and can no longer be cancelled.`)
      return toJobAnswer(await findJob(store, id, tenant))
    },
  )
}
