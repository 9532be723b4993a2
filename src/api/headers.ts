import type { FastifyInstance } from 'fastify'

/** For the review page, and all else: nothing but what this service itself serves, and nothing inline. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** For reports, which are one file with styles and pictures in it; no script runs, whatever stands there. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"

/** For the page that shows the OpenAPI document, whose program sets styles and draws with data. */
export const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const headers = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

/** Sends with every answer what browsers are to keep to; answers about documents are kept by nobody. */
export function secureAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }, reply) => {
    void reply.headers(headers)
    if (url.startsWith('/v1/')) void reply.header('cache-control', 'no-store')
    if (url.startsWith('/docs')) void reply.header('content-security-policy', docsPolicy)
  })
}
