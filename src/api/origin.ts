import type { FastifyRequest } from 'fastify'
import { ParallaxError } from '../core/errors.ts'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** Whether an address to listen at can be reached from this machine only. */
export const isLoopback = (host: string): boolean => loopback.test(host) || host === '::1'

const hostname = (host: string): string => host.replace(/:\d+$/, '')

const forbidden = (message: string): ParallaxError => new ParallaxError('E_FORBIDDEN', message)

/** Says that a proxy has handed the request on. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']

type Asking = Pick<FastifyRequest, 'method' | 'headers'>

/**
 * Refuses a page of the internet that made its own name point here, and whoever comes by a proxy: a service that asks for no keys is for
 * this machine.
 */
export function requireLoopbackHost({ headers }: Pick<Asking, 'headers'>): void {
  const isForwarded = forwarding.some((name) => headers[name] !== undefined)
  if (isLoopback(hostname(headers.host ?? '')) && !isForwarded) return
  throw forbidden(
    'Without keys, this service answers on this machine only. Make keys with: parallax keys create',
  )
}

/** Behind a proxy the host has to be the one that browsers know; this machine itself may call it by its own. */
function requireOwnHost({ headers }: Asking, origin: string): void {
  const { host } = new URL(origin)
  const forwarded = headers['x-forwarded-host']
  const isOwn = headers.host === host || isLoopback(hostname(headers.host ?? ''))
  if (isOwn && (forwarded === undefined || forwarded === host)) return
  throw forbidden('The proxy names another host than PARALLAX_ORIGIN. Have it hand on the host as it came.')
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether the page that a browser names is the service's own; without an `own` origin that is whatever host was asked. */
function isOwnPage({ headers: { origin, host } }: Asking, own: string | null): boolean {
  if (origin === undefined || own !== null) return origin === undefined || origin === own
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * Refuses what another site has a browser send in a person's name. Browsers say where a request comes from; programs
 * that say nothing have no session that could be abused.
 */
export function requireSameOrigin(request: Asking, own: string | null): void {
  if (own !== null) requireOwnHost(request, own)
  if (reading.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (isOwnPage(request, own) && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw forbidden('Requests that change something must come from the page of this service, or bring a key.')
}
