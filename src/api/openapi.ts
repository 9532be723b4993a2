import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { keyHeader, sessionCookie } from './access.ts'
import { docsPolicy } from './headers.ts'
import { withPlainArrays } from './plain-arrays.ts'
import { problems } from './problem.ts'

/** GET /v1/jobs/:id → getJobsById */
const operationIdOf = (method: string, url: string): string =>
  method.toLowerCase() +
  url
    .replace(/^\/v1/, '')
    .split(/[/-]/)
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
    .join('')

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

interface Document {
  readonly paths: object
  readonly webhooks: object
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

const refs = /"#\/components\/schemas\/([^"]+)"/g
const refsIn = (part: object): readonly string[] =>
  [...JSON.stringify(part).matchAll(refs)].map(([, name]) => name!)

const shortOf = (name: string): string => name.replace(/Input$/, '')

/** What a schema asks for; what is answered has no more than its schema says, what is sent may. */
const essence = (schema: object | undefined): string =>
  JSON.stringify(schema)
    .replaceAll(',"additionalProperties":false', '')
    .replace(refs, (_, name: string) => shortOf(name))

function namesUsed({ paths, webhooks, components: { schemas } }: Document): ReadonlySet<string> {
  const used = new Set<string>()
  for (const left = [...refsIn(paths), ...refsIn(webhooks)]; left.length > 0;) {
    const name = left.pop()!
    if (used.has(name)) continue
    used.add(name)
    left.push(...refsIn(schemas[name] ?? {}))
  }
  return used
}

/**
 * Every schema comes in two forms, as it is sent in (`…Input`) and as it is answered; keeps those that are used, under one
 * name unless both are and differ.
 */
function tidyComponents(document: Document): Document {
  const { schemas } = document.components
  const used = namesUsed(document)
  const nameOf = (name: string): string => {
    const short = shortOf(name)
    return used.has(short) && essence(schemas[name]) !== essence(schemas[short]) ? name : short
  }
  const kept = Object.entries(schemas)
    .filter(([name]) => used.has(name))
    .map(([name, schema]) => [nameOf(name), schema] as const)
  const tidy = { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } }
  const renamed = JSON.stringify(tidy).replace(
    refs,
    (_, name: string) => `"#/components/schemas/${nameOf(name)}"`,
  )
  return withPlainArrays(JSON.parse(renamed) as Document)
}

const webhookHeader = (name: string, description: string) => ({
  in: 'header',
  name,
  required: true,
  description,
  schema: { type: 'string' },
})

/** What the service itself asks of others: the `callback` of a batch. */
const webhooks = {
  'batch.finished': {
    post: {
      operationId: 'batchFinished',
      summary:
        'All documents of a batch have ended or wait for a person; again when a document was read anew, or a person has decided about one',
      tags: ['webhooks'],
      security: [],
      parameters: [
        webhookHeader('webhook-id', 'the same for every try'),
        webhookHeader('webhook-timestamp', 'seconds since 1970'),
        webhookHeader('webhook-signature', 'as Standard Webhooks say: v1, and a signature in Base64'),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/BatchFinished' } } },
      },
      responses: {
        '2XX': { description: 'It has arrived; anything else is tried again.' },
      },
    },
  },
}

/** Adds to every route under /v1 what is the same for all: problems, who may, a name for programs. */
function describeRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/v1/')) return
    const { role } = route.config ?? {}
    const { schema = {} } = route
    const { querystring = z.object({}) } = schema as { readonly querystring?: z.ZodObject }
    route.schema = {
      operationId: operationIdOf(String(route.method), route.url),
      ...(role === 'anyone'
        ? { security: [] }
        : { description: `For the role ${role}, and those above it.` }),
      ...schema,
      // What nobody knows would be passed over without a word.
      querystring: querystring.strict(),
      response: { ...(schema.response as object | undefined), ...problems },
    }
  })
}

/** The OpenAPI document at /openapi.json, made from the schemas of the routes, and a page that shows it at /docs. */
export async function serveOpenApi(app: FastifyInstance, version: string): Promise<void> {
  describeRoutes(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parallax',
        version,
        description:
          'Reads scanned documents into JSON that is valid under a schema, and says which values it is not sure of.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A key that `parallax keys create` made.' },
          header: { type: 'apiKey', in: 'header', name: keyHeader, description: 'The same key.' },
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        },
      },
      security: [{ key: [] }, { header: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      tidyComponents({ ...(jsonSchemaTransformObject(document) as unknown as Document), webhooks }) as never,
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    uiConfig: { validatorUrl: null },
  })
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
