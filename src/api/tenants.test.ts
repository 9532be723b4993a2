import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roleSchema, type Role } from '../core/access.ts'
import { sampleCertificate } from '../trust/certificate.case.ts'
import { seed } from './review.case.ts'
import { openTestService, type TestService } from './service.case.ts'

/** What a route takes, as the OpenAPI document says. */
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
}
interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: unknown
}
interface Route extends Operation {
  readonly method: string
  readonly path: string
}

const changes = [{ field: '/total', value: 1 }]

/** What is sent where a body is asked for; an operation that is missing here fails the test. */
const bodies: Readonly<Record<string, unknown>> = {
  checkReview: { changes },
  correctReview: { changes, revision: 0 },
  readRegion: { page: 1, box: [0, 0, 1, 1] },
  acceptReview: {},
  rejectReview: {},
  putCertificate: sampleCertificate(),
  putType: { type: 'object' },
  nextReview: {},
}

/** What all tenants share, and what makes something of one's own whatever others call theirs. */
const ofEverybody = ['getType', 'putCertificate']

/** Types are nobody's own: administrators of the service itself keep them for all. */
const ofTheService = ['getType', 'putType', 'deleteType']

/** Words that only the documents of the one tenant hold. */
const secret = 'CityCab'
const secretName = 'proof-of-theirs'
const words = (): readonly string[] => [secret, secretName, 'theirs.jpg', `"id":"${theirs.job}"`, '"theirs"']

let at: TestService
let routes: readonly Route[]
let theirs: { readonly job: string; readonly batch: string }
let keys: Readonly<Record<Role, string>>
let owner: string
beforeAll(async () => {
  at = await openTestService()
  const seeded = { tenant: 'theirs', batch: 'batch-of-theirs', file: 'theirs.jpg' }
  const { id: job, batchId: batch } = await seed(at.service, seeded)
  await seed(at.service, { ...seeded, position: 1 }) // Keeps the batch when the job is deleted.
  theirs = { job, batch }
  owner = await at.key('admin', 'theirs')
  const made = await Promise.all(roleSchema.options.map(async (role) => [role, await at.key(role, 'mine')]))
  keys = Object.fromEntries(made) as Record<Role, string>
  routes = await routesOf()
  const put = routes.find(({ operationId }) => operationId === 'putCertificate')!
  expect((await ask(put, owner)).status).toBe(200)
})
afterAll(() => at[Symbol.asyncDispose]())

async function routesOf(): Promise<readonly Route[]> {
  const { paths } = (await (await at.send('/openapi.json')).json()) as {
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  )
}

const named = ({ parameters = [] }: Route, place: Parameter['in']): readonly string[] =>
  parameters.filter((one) => one.in === place).map(({ name }) => name)

/** The value of a parameter that belongs to the one tenant; undefined for one that names nothing of anybody. */
function valueOf({ path }: Route, name: string): string | undefined {
  const ofBatch = path.startsWith('/v1/batches')
  if (name === 'id') return ofBatch ? theirs.batch : theirs.job
  if (name === 'name') return secretName
  if (name === 'page') return '1'
  if (name === 'batch') return theirs.batch
  if (name === 'after') return ofBatch ? theirs.batch : theirs.job
  return undefined
}

function urlOf(route: Route): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = valueOf(route, name)
    if (value === undefined) throw new Error(`Whose is {${name}} of ${route.path}?`)
    return value
  })
  const query = named(route, 'query').flatMap((name) => {
    const value = valueOf(route, name)
    return value === undefined ? [] : [[name, value] as [string, string]]
  })
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`
}

async function ask(route: Route, key: string) {
  const { method, operationId, requestBody } = route
  if (requestBody !== undefined && !(operationId in bodies))
    throw new Error(`What is sent to ${operationId}?`)
  const sent = requestBody === undefined ? {} : { body: JSON.stringify(bodies[operationId]) }
  const headers = requestBody === undefined ? {} : { 'content-type': 'application/json' }
  const response = await at.send(urlOf(route), { method, headers, ...sent }, key)
  return { status: response.status, text: await response.text() }
}

const naming = (): readonly Route[] => routes.filter((route) => named(route, 'path').length > 0)
/** Routes that list; of those that do, which can be asked for the batch or the place of another tenant. */
const listing = (): readonly Route[] =>
  routes.filter(({ path, method }) => path.startsWith('/v1/') && !path.includes('{') && method === 'GET')
const asking = (): readonly Route[] => listing().filter((route) => urlOf(route).includes('?'))

const show = ({ method, path }: Route): string => `${method} ${path}`

describe('what belongs to another tenant', () => {
  test.each(roleSchema.options)('is not found by its name, whatever a %s asks of it', async (role) => {
    const found: string[] = []
    for (const route of naming().filter(({ operationId }) => !ofEverybody.includes(operationId))) {
      const { status, text } = await ask(route, keys[role])
      if (![403, 404].includes(status) || text.includes(secret)) found.push(`${show(route)}: ${status}`)
    }
    expect(found).toEqual([])
  })

  test.each(roleSchema.options)('is in no list that a %s asks for', async (role) => {
    const found: string[] = []
    for (const route of listing()) {
      const { text } = await ask(route, keys[role])
      if (words().some((word) => text.includes(word))) found.push(show(route))
    }
    expect(found).toEqual([])
  })

  test('is neither hidden nor replaced by what somebody else calls the same', async () => {
    const [get, put] = ['listCertificates', 'putCertificate'].map((id) =>
      routes.find((r) => r.operationId === id)!,
    )
    expect((await ask(put!, keys.admin)).status).toBe(200)
    const remove = routes.find(({ operationId }) => operationId === 'deleteCertificate')!
    expect((await ask(remove, keys.admin)).status).toBe(204)
    expect((await ask(get!, owner)).text).toContain(secretName)
  })

  test('is all there for its own tenant, by the same requests', async () => {
    const sorted = ['GET', 'POST', 'PUT', 'DELETE'].flatMap((method) => {
      const same = naming().filter((route) => route.method === method)
      return method === 'DELETE' ? same.reverse() : same
    })
    const kinds = new Set(sorted.map(({ operationId }) => operationId))
    expect([...kinds]).toEqual(expect.arrayContaining(['getBatch', 'getResult', 'getPage', 'deleteBatch']))
    expect(asking().map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(['listJobs', 'exportRows', 'exportPairs']),
    )
    for (const route of asking())
      expect([show(route), (await ask(route, owner)).status]).toEqual([show(route), 200])
    const told = await Promise.all(listing().map(async (route) => (await ask(route, owner)).text))
    for (const word of words()) expect(told.some((text) => text.includes(word))).toBe(true)
    const missed: string[] = []
    for (const route of sorted.filter(({ operationId }) => !ofTheService.includes(operationId))) {
      const { status } = await ask(route, owner)
      // 409: the request before has ended the review.
      if (status >= 400 && status !== 409) missed.push(`${show(route)}: ${status}`)
    }
    expect(missed).toEqual([])
  })
})
