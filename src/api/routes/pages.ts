import { z } from 'zod'
import { findJob } from '../../service/submitting/find-job.ts'
import { openPictures } from '../../service/reviewing/page-pictures.ts'
import { goneOf } from '../gone.ts'
import type { Routes } from '../service.ts'

/** The pages of documents as pictures. */
export const pageRoutes: Routes = async (app, { service }) => {
  const pictures = openPictures(service, service.run)

  app.get(
    '/v1/jobs/:id/pages/:page',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getPage',
        summary: 'A page of a document as it was submitted, upright, as a JPEG of at most 2000 pixels a side',
        tags: ['jobs'],
        params: z.object({ id: z.string().max(100), page: z.coerce.number().int().min(1).max(10_000) }),
        response: {
          200: {
            description: 'The page.',
            content: { 'image/jpeg': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
          },
        },
      },
    },
    async ({ session: { tenant }, params: { id, page } }, reply) => {
      const job = await findJob(service.store, id, tenant)
      const { jpeg } = await pictures.picture(job, page, goneOf(reply))
      return reply.type('image/jpeg').send(Buffer.from(jpeg))
    },
  )
}
