import { z } from 'zod'
import { sessionSchema, signInSchema } from '../../contract/common.ts'
import { sessionCookie, sessionOfKey, unknownKey } from '../access.ts'
import { requireSameOrigin } from '../origin.ts'
import type { Routes } from '../service.ts'

const tags = ['session']

const cookieSeconds = 12 * 3600

/** Signing in on the page: the key is kept in a cookie that no script can read. */
export const sessionRoutes: Routes = async (app, { service }) => {
  app.get(
    '/v1/session',
    {
      config: { role: 'submitter' },
      schema: { operationId: 'getSession', summary: 'Who is asking', tags, response: { 200: sessionSchema } },
    },
    ({ session }) => session,
  )

  app.post(
    '/v1/session',
    {
      config: { role: 'anyone' },
      preHandler: async (request) => requireSameOrigin(request, service.origin),
      schema: {
        operationId: 'signIn',
        summary: 'Sign in with a key; answers with a cookie',
        tags,
        body: signInSchema,
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const { body, protocol } = request
      const session = await sessionOfKey(service, body.key)
      if (!session) throw await app.countFailure(request, reply, unknownKey())
      void reply.setCookie(sessionCookie, body.key, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: (service.origin ?? protocol).startsWith('https'),
        maxAge: cookieSeconds,
      })
      return session
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { role: 'anyone' },
      preHandler: async (request) => requireSameOrigin(request, service.origin),
      schema: { operationId: 'signOut', summary: 'Sign out', tags, response: { 204: z.null() } },
    },
    async (_, reply) => {
      void reply.clearCookie(sessionCookie, { path: '/' })
      return reply.status(204).send(null)
    },
  )
}
