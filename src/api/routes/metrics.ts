import { z } from 'zod'
import { workerMetrics } from '../../service/keeping/worker-metrics.ts'
import { tenantMetrics } from '../../service/results/tenant-metrics.ts'
import type { Routes } from '../service.ts'

/** What Prometheus collects. */
export const metricsRoutes: Routes = async (app, { service }) => {
  const metricsOf = tenantMetrics(service.store)
  app.get(
    '/v1/metrics',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'getMetrics',
        summary: 'Figures of the documents that were read, and of the workers, as Prometheus collects them',
        tags: ['service'],
        response: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async ({ session: { tenant } }, reply) =>
      reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .send((await metricsOf(tenant)) + (await workerMetrics(service.workerStates()))),
  )
}
