import { z } from 'zod'
import { findBatch } from '../../service/submitting/answers.ts'
import { delayed } from '../../timing/delayed.ts'
import { deleteBatch, deleteJob, finishDeletions } from '../../service/deletion/delete.ts'
import { findJob } from '../../service/submitting/find-job.ts'
import type { Routes } from '../service.ts'

/** The ledger is written anew once for all deletions of such a time. */
const compactAfterMs = 60_000

const config = { role: 'admin' } as const
const tags = ['deletion']
const params = z.object({ id: z.string().max(100) })
const gone = { 204: z.null().describe('It is gone, and all that came of it.') }

/** Documents, and all that came of them, for good. */
export const deletionRoutes: Routes = async (app, { service }) => {
  const { store, later } = service
  const compaction = delayed(compactAfterMs, () => later(() => finishDeletions(service)))
  app.addHook('onClose', async () => compaction.now())

  app.delete(
    '/v1/jobs/:id',
    {
      config,
      schema: {
        operationId: 'deleteJob',
        summary: 'Delete a document and all that came of it, also while it is being read',
        tags,
        params,
        response: gone,
      },
    },
    async ({ session: { tenant }, params: { id } }, reply) => {
      await findJob(store, id, tenant)
      await deleteJob(service, id)
      compaction.ask()
      return reply.status(204).send(null)
    },
  )

  app.delete(
    '/v1/batches/:id',
    {
      config,
      schema: {
        operationId: 'deleteBatch',
        summary: 'Delete all documents of a batch and all that came of them, also while they are being read',
        tags,
        params,
        response: gone,
      },
    },
    async ({ session: { tenant }, params: { id } }, reply) => {
      await findBatch(store, id, tenant)
      await deleteBatch(service, id)
      compaction.ask()
      return reply.status(204).send(null)
    },
  )
}
