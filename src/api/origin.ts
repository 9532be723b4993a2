import type { FastifyRequest } from 'fastify'
import { ParallaxError } from '../core/errors.ts'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** Whether an address to listen at can be reached from this machine only. */
export const isLoopback = (host: string): boolean => loopback.test(host) || host === '::1'

const hostname = (host: string): string => host.replace(/:\d+$/, '')

const forbidden = (message: string): ParallaxError => new ParallaxError('E_FORBIDDEN', message)

/** Refuses a page of the internet that made its own name point here: a service that asks for no keys is for this machine. */
export function requireLoopbackHost({ host }: Pick<FastifyRequest, 'host'>): void {
  if (isLoopback(hostname(host))) return
  throw forbidden(
    'Without keys, this service answers on this machine only. Make keys with: parallax keys create',
  )
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site has a browser send in a person's name. Browsers say where a request comes from; programs
 * that say nothing have no session that could be abused.
 */
export function requireSameOrigin({ method, headers, host }: FastifyRequest): void {
  if (reading.has(method)) return
  const site = headers['sec-fetch-site']
  const { origin } = headers
  const isSame = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
  if (isSame && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw forbidden('Requests that change something must come from the page of this service, or bring a key.')
}
