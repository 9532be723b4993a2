import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../contract/common.ts'
import { roleSchema, type Role } from '../core/access.ts'
import { ParallaxError } from '../core/errors.ts'
import { localTenant } from '../core/jobs.ts'
import { findKey, isOpen } from '../service/access/keys.ts'
import { countFailures, failureLimits } from './failures.ts'
import { requireLoopbackHost, requireSameOrigin } from './origin.ts'
import type { Service } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a key that is not good; resolves with the error to answer with, the later the more there were. */
    countFailure(request: FastifyRequest, reply: FastifyReply, error: ParallaxError): Promise<ParallaxError>
  }
  interface FastifyRequest {
    /** Who is asking; there on every route that asks for a role. */
    session: Session
  }
  interface FastifyContextConfig {
    /** Who may: a role, or those after it; `anyone` needs no key. */
    role?: Role | 'anyone'
  }
}

/** Holds the key of whoever signed in on the page. */
export const sessionCookie = 'parallax'

/** Where programs may show their key, if not as a bearer token. */
export const keyHeader = 'x-api-key'

const ranks = roleSchema.options

/** The key that a request shows, empty where what it shows cannot be one; null for none. */
function keyOf({ headers: { authorization, [keyHeader]: key } }: FastifyRequest): string | null {
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
  return key === undefined ? null : String(key).trim()
}

export const unknownKey = (): ParallaxError =>
  new ParallaxError('E_AUTH', 'This key is not known, or was revoked.')

/** The session of a key that somebody shows, or null. */
export async function sessionOfKey({ store }: Pick<Service, 'store'>, key: string): Promise<Session | null> {
  const found = await findKey(store.keys, key)
  return found && { tenant: found.tenant, name: found.name, role: found.role, open: false }
}

/** Who is asking: by key, by cookie, or anybody on this machine while no key was made. E_AUTH, E_FORBIDDEN. */
async function sessionOf(service: Service, request: FastifyRequest): Promise<Session> {
  const key = keyOf(request)
  if (key !== null) {
    const session = await sessionOfKey(service, key)
    if (session) return session
    throw unknownKey()
  }
  const signedIn = await sessionOfKey(service, request.cookies[sessionCookie] ?? '')
  const session = signedIn ?? (await openSession(service, request))
  requireSameOrigin(request, service.origin)
  return session
}

async function openSession({ store, user }: Service, request: FastifyRequest): Promise<Session> {
  if (!(await isOpen(store.keys)))
    throw new ParallaxError(
      'E_AUTH',
      'Send a key: Authorization: Bearer plx_… (or X-API-Key: plx_…). Whoever runs the service makes them.',
    )
  requireLoopbackHost(request)
  return { tenant: localTenant, name: user, role: 'admin', open: true }
}

/** E_FORBIDDEN for whoever has neither the role nor one after it. */
export function requireRole({ role, name }: Session, asked: Role): void {
  if (ranks.indexOf(role) >= ranks.indexOf(asked)) return
  throw new ParallaxError('E_FORBIDDEN', `This needs the role ${asked}; ${name} is ${role}.`)
}

/** Counts wrong keys wherever they are shown: as a bearer token, in a header, in a cookie or by signing in. */
function countWrongKeys(app: FastifyInstance, { limits: { requestsPerMinute } }: Service): void {
  const perMinute = Math.min(failureLimits.perMinute, requestsPerMinute)
  const failures = countFailures({ ...failureLimits, perMinute })
  app.decorate('countFailure', async ({ ip }, reply, wrong) => {
    const { error, retryAfter } = await failures.refusal(ip, wrong)
    if (retryAfter !== null) void reply.header('retry-after', retryAfter)
    return error
  })
}

/** Has every request to a route with a role say who it is from; a route under /v1 without one is a mistake. */
export function guardRoutes(app: FastifyInstance, service: Service): void {
  app.decorateRequest('session')
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/v1/') && config?.role === undefined)
      throw new Error(`${url} does not say who may use it.`)
  })
  countWrongKeys(app, service)
  app.addHook('onRequest', async (request, reply) => {
    const { role = 'anyone' } = request.routeOptions.config
    if (role === 'anyone') return
    request.session = await sessionOf(service, request).catch(async (error: unknown) => {
      if (!(error instanceof ParallaxError) || error.code !== 'E_AUTH') throw error
      throw await app.countFailure(request, reply, error)
    })
    requireRole(request.session, role)
  })
}
