import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { ParallaxError } from '../core/errors.ts'
import { sweepUploads } from '../service/deletion/sweep-uploads.ts'
import { guardRoutes } from './access.ts'
import { secureAnswers } from './headers.ts'
import { serveOpenApi } from './openapi.ts'
import { servePage } from './page.ts'
import { rawProblem, sendProblem } from './problem.ts'
import { batchRoutes } from './routes/batches.ts'
import { certificateRoutes } from './routes/certificates.ts'
import { deletionRoutes } from './routes/deletion.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/exports.ts'
import { extractRoutes } from './routes/extract.ts'
import { healthRoutes } from './routes/health.ts'
import { jobRoutes } from './routes/jobs.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { pageRoutes } from './routes/pages.ts'
import { reviewRoutes } from './routes/review.ts'
import { sessionRoutes } from './routes/session.ts'
import { typeRoutes } from './routes/types.ts'
import type { Routes, Service } from './service.ts'
import { formLimits } from './upload.ts'

const allRoutes: readonly Routes[] = [
  healthRoutes,
  sessionRoutes,
  batchRoutes,
  eventRoutes,
  jobRoutes,
  pageRoutes,
  extractRoutes,
  typeRoutes,
  reviewRoutes,
  exportRoutes,
  certificateRoutes,
  deletionRoutes,
  metricsRoutes,
]

/** Bytes of a JSON body. */
const bodyLimit = 2 ** 20

/** Within which a request must have come in whole, uploads too. */
const requestTimeout = 300_000

function refuseBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const message = isTooLarge ? 'The headers are too large.' : 'This is not HTTP.'
  socket.end(rawProblem(message, isTooLarge ? 431 : 400))
}

/** One line a request, with nothing in it that came from whoever asked. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, session, routeOptions } = request
    const ms = Math.round(reply.elapsedTime)
    request.log.info(
      {
        method,
        route: routeOptions.url ?? null,
        status: reply.statusCode,
        ms,
        tenant: session?.tenant ?? null,
      },
      'request',
    )
  })
}

async function limitRequests(app: FastifyInstance, { limits }: Service): Promise<void> {
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ session, ip }) => (session && !session.open ? `${session.tenant}/${session.name}` : ip),
    errorResponseBuilder: (_, { after }) =>
      new ParallaxError('E_BUSY', `That were too many requests. Send the next one in ${after}.`),
  })
}

/** The HTTP interface of a service, ready to listen. */
export async function createServer(
  service: Service,
  { logger = false }: Pick<FastifyServerOptions, 'logger'> = {},
): Promise<FastifyInstance> {
  await sweepUploads(service.home)
  const app = fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout,
    // Who asks is told by a proxy of this machine, where one is known to stand before the service.
    trustProxy: service.origin === null ? false : 'loopback',
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: refuseBrokenHttp,
    routerOptions: { maxParamLength: 500 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendProblem)
  secureAnswers(app)
  logRequests(app)
  await app.register(cookie)
  await app.register(multipart, { limits: formLimits(service.limits) })
  guardRoutes(app, service)
  await limitRequests(app, service)
  await serveOpenApi(app, service.version)
  for (const routes of allRoutes) await app.register(routes, { service })
  await servePage(app, service.page)
  return app
}
