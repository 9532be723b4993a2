import { healthSchema, readinessSchema } from '../../contract/common.ts'
import type { Routes } from '../service.ts'

const tags = ['service']

/** Whether the service runs, and whether it can do its work. */
export const healthRoutes: Routes = async (app, { service }) => {
  app.get(
    '/v1/health',
    {
      config: { role: 'anyone', rateLimit: false },
      schema: { operationId: 'getHealth', summary: 'Whether it runs', tags, response: { 200: healthSchema } },
    },
    () => ({ status: 'ok' as const, version: service.version }),
  )

  app.get(
    '/v1/ready',
    {
      config: { role: 'anyone', rateLimit: false },
      schema: {
        operationId: 'getReadiness',
        summary: 'Whether storage, queue and workers are there; answers within two seconds',
        tags,
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_, reply) => {
      const readiness = await service.readiness()
      return reply.status(readiness.ready ? 200 : 503).send(readiness)
    },
  )
}
