import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { findBatch, toBatchAnswer } from '../../service/submitting/answers.ts'
import { createBatchWatch } from '../../service/submitting/watch-batch.ts'
import { latestTo } from '../latest.ts'
import { toParallaxError, toProblem } from '../problem.ts'
import type { Routes } from '../service.ts'

const heartbeatMs = 15_000

const eventText = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Progress as it happens, as server-sent events. */
export const eventRoutes: Routes = async (app, { service }) => {
  const watch = createBatchWatch((batch) => toBatchAnswer(service.store, batch))
  app.addHook('preClose', () => watch[Symbol.dispose]())

  app.get(
    '/v1/batches/:id/events',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'watchBatch',
        summary:
          'How a batch comes along: `progress` whenever it changes, `finished` at the end, each with the batch',
        tags: ['batches'],
        params: z.object({ id: z.string().max(100) }),
        response: {
          200: { description: 'Events.', content: { 'text/event-stream': { schema: z.string() } } },
        },
      },
    },
    async ({ session: { tenant }, params: { id } }, reply) => {
      const batch = await findBatch(service.store, id, tenant)
      const events = new PassThrough()
      const { say, end } = latestTo(events)
      const heartbeat = setInterval(() => {
        if (!events.writableNeedDrain) say(': still here\n\n')
      }, heartbeatMs)
      const stop = watch.listen(
        batch,
        (answer) => say(eventText(answer.finished ? 'finished' : 'progress', answer)),
        (error) => end(error === undefined ? '' : eventText('problem', toProblem(toParallaxError(error)))),
      )
      events.once('close', () => {
        clearInterval(heartbeat)
        stop()
      })
      return reply
        .type('text/event-stream')
        .header('x-accel-buffering', 'no')
        .send(events as never)
    },
  )
}
