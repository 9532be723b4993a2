import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from './problem.ts'

/** The page's own addresses: what a browser navigates to, and no file. */
const isNavigation = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' &&
  !/^\/(v1|docs)(\/|$)|\.\w+$/.test(url.split('?')[0]!) &&
  /text\/html/.test(headers.accept ?? '')

/** Serves the review page at /, and its program beside it; where it was not built, / leads to the docs. */
export async function servePage(app: FastifyInstance, folder: URL): Promise<void> {
  const root = fileURLToPath(folder)
  if (!existsSync(fileURLToPath(new URL('index.html', folder)))) {
    app.get('/', { schema: { hide: true } } as never, (_, reply) => reply.redirect('/docs'))
    app.setNotFoundHandler(notFound)
    return
  }
  await app.register(fastifyStatic, {
    root,
    schemaHide: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = /[\\/]assets[\\/]/.test(path)
      void response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    isNavigation(request) ? reply.sendFile('index.html') : notFound(request, reply),
  )
}
