import type { FastifyReply } from 'fastify'
import { ParallaxError } from '../core/errors.ts'

/** Aborts when the connection that is to be answered closes. */
export function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const leave = (): void => gone.abort(new ParallaxError('E_BUSY', 'Whoever asked has gone away.'))
  if (raw.destroyed) leave()
  else raw.once('close', leave)
  return gone.signal
}
