import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { healthSchema, sessionSchema } from '../contract/common.ts'
import { jobPageSchema } from '../contract/jobs.ts'
import { documentTypeSchema, documentTypesSchema } from '../contract/types.ts'
import { answerOf, codeOf, openTestService, type TestService } from './service.case.ts'

let open: TestService
let closed: TestService
let submitter: string
let admin: string
beforeAll(async () => {
  open = await openTestService()
  closed = await openTestService({ env: { PARALLAX_RATE: '200' } })
  submitter = await closed.key('submitter', 'a')
  admin = await closed.key('admin', 'a')
})
afterAll(async () => {
  await open[Symbol.asyncDispose]()
  await closed[Symbol.asyncDispose]()
})

/** A request with headers that fetch does not let through. */
async function raw(
  service: TestService,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number> {
  const { port } = new URL(service.url)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
    sent.on('error', reject).end()
  })
}

async function overSocket(service: TestService, bytes: string): Promise<string> {
  const { port } = new URL(service.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

describe('everybody', () => {
  test('learns whether the service runs', async () => {
    expect(await answerOf(closed.send('/v1/health'), 200, healthSchema)).toMatchObject({ status: 'ok' })
  })

  test('finds nothing where nothing is, in the shape of a problem', async () => {
    expect(await codeOf(closed.send('/v1/nothing'))).toBe('E_NOT_FOUND')
    expect(await codeOf(closed.send('/nothing.js'))).toBe('E_NOT_FOUND')
    expect(await codeOf(closed.send('/../../package.json'))).toBe('E_NOT_FOUND')
    expect(await codeOf(closed.send('/v1/jobs', { method: 'PUT' }))).toBe('E_NOT_FOUND')
  })

  test('is told which headers a browser has to keep to', async () => {
    const { headers } = await closed.send('/v1/health')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test('is answered with a problem where it does not speak HTTP', async () => {
    expect(await overSocket(closed, 'what is this?\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 .*"code":"E_BAD_REQUEST"/s,
    )
    const long = `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`
    expect(await overSocket(closed, long)).toMatch(/^HTTP\/1.1 431 .*"code":"E_BAD_REQUEST"/s)
  })
})

describe('the OpenAPI document', () => {
  interface Operation {
    readonly operationId: string
    readonly security?: readonly unknown[]
    readonly responses: Readonly<Record<string, unknown>>
  }
  type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

  test('is valid, tells of problems everywhere, and names its parts', async () => {
    const document = (await (await closed.send('/openapi.json')).json()) as {
      openapi: string
      paths: Paths
      components: { schemas: object }
      webhooks: object
    }
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['submitBatch', 'getJob', 'extract', 'watchBatch']))
    for (const { responses } of operations)
      expect(responses['4XX']).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      })
    expect(document.webhooks).toMatchObject({ 'batch.finished': { post: { operationId: 'batchFinished' } } })
    expect(document.paths['/v1/health']!.get!.security).toEqual([])
    expect(document.paths['/v1/jobs']!.get!.security).toBeUndefined()
    const names = Object.keys(document.components.schemas)
    expect(names).toEqual(
      expect.arrayContaining(['Problem', 'Job', 'Batch', 'Row', 'Submission', 'BatchFinished']),
    )
    expect(names.filter((name) => names.includes(`${name}Input`))).toEqual([])
  })

  test('is shown by a page that fetches nothing from elsewhere', async () => {
    const page = await closed.send('/docs')
    const html = await page.text()
    expect(html).toContain('/docs/static/swagger-ui-bundle.js')
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(html).not.toMatch(/<script>[^<]|\son\w+=/)
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
    const script = await closed.send('/docs/static/swagger-ui-bundle.js')
    expect([script.status, (await script.text()).length > 0]).toEqual([200, true])
  })
})

describe('a service for which no keys were made', () => {
  test('is for whoever sits at the machine', async () => {
    expect(await answerOf(open.send('/v1/session'), 200, sessionSchema)).toEqual({
      tenant: 'local',
      name: 'tester',
      role: 'admin',
      open: true,
    })
  })

  test('answers to no name but that of this machine', async () => {
    expect(await raw(open, '/v1/jobs', { host: 'localhost:1234' })).toBe(200)
    expect(await raw(open, '/v1/jobs', { host: 'attacker.example' })).toBe(403)
    expect(await raw(open, '/v1/jobs', { host: '127.0.0.1.attacker.example' })).toBe(403)
  })

  test('takes no changes from other sites', async () => {
    const post = (headers: Record<string, string>) => raw(open, '/v1/jobs/x/cancel', headers, 'POST')
    const { host } = new URL(open.url)
    expect(await post({ host, origin: 'http://attacker.example' })).toBe(403)
    expect(await post({ host, origin: 'null' })).toBe(403)
    expect(await post({ host, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ host, 'sec-fetch-site': 'same-site', origin: `http://${host}` })).toBe(403)
    expect(await post({ host, 'sec-fetch-site': 'same-origin', origin: `http://${host}` })).toBe(404)
    expect(await post({ host })).toBe(404)
  })

  test('refuses a key that it does not know', async () => {
    expect(await codeOf(open.send('/v1/jobs', {}, `plx_${'a'.repeat(43)}`))).toBe('E_AUTH')
  })
})

describe('a service with keys', () => {
  test('asks for one that is good', async () => {
    expect(await codeOf(closed.send('/v1/jobs'))).toBe('E_AUTH')
    expect((await closed.send('/v1/jobs')).headers.get('www-authenticate')).toMatch(/^Bearer/)
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer plx_', `Bearer ${submitter}x`, 'Basic YTpi'])
      expect(await codeOf(closed.send('/v1/jobs', { headers: { authorization } }))).toBe('E_AUTH')
    expect(await answerOf(closed.send('/v1/jobs', {}, submitter), 200, jobPageSchema)).toEqual({
      items: [],
      next: null,
    })
  })

  test('takes a key from the header that many programs use, too', async () => {
    const send = (key: string, headers = {}) => closed.send('/v1/jobs', { headers: { 'X-API-Key': key, ...headers } })
    expect(await answerOf(send(submitter), 200, jobPageSchema)).toMatchObject({ items: [] })
    expect(await answerOf(send(` ${submitter} `), 200, jobPageSchema)).toMatchObject({ items: [] })
    for (const key of ['', 'plx_', `${submitter}x`, `Bearer ${submitter}`]) expect(await codeOf(send(key))).toBe('E_AUTH')
    expect(await codeOf(send(submitter, { authorization: 'Bearer plx_wrong' }))).toBe('E_AUTH')
    expect(await codeOf(closed.send('/v1/review', { headers: { 'x-api-key': submitter } }))).toBe('E_FORBIDDEN')
  }) // prettier-ignore

  test('asks for the role', async () => {
    expect(await codeOf(closed.send('/v1/review', {}, submitter))).toBe('E_FORBIDDEN')
    expect((await closed.send('/v1/review', {}, admin)).status).toBe(200)
  })

  test('forgets a key that was revoked, and stays closed', async () => {
    await using service = await openTestService()
    const key = await service.key('submitter', 'a')
    expect((await service.send('/v1/jobs', {}, key)).status).toBe(200)
    await service.service.store.keys.revoke((await service.service.store.keys.list())[0]!.id)
    expect(await codeOf(service.send('/v1/jobs', {}, key))).toBe('E_AUTH')
    expect(await codeOf(service.send('/v1/jobs'))).toBe('E_AUTH')
  })

  test('keeps who signs in by a cookie that scripts and other sites do not get', async () => {
    const signIn = (key: string, headers = {}) =>
      closed.send('/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ key }),
      })
    expect(await codeOf(signIn('plx_wrong'))).toBe('E_AUTH')
    expect(await codeOf(signIn(submitter, { origin: 'http://attacker.example' }))).toBe('E_FORBIDDEN')
    const signedIn = await signIn(submitter)
    expect(await signedIn.json()).toEqual({
      tenant: 'a',
      name: 'submitter of a',
      role: 'submitter',
      open: false,
    })
    const set = signedIn.headers.get('set-cookie')!
    expect(set).toMatch(/HttpOnly/)
    expect(set).toMatch(/SameSite=Strict/)
    const cookie = set.split(';')[0]!
    expect((await closed.send('/v1/session', { headers: { cookie } })).status).toBe(200)
    const change = { method: 'POST', headers: { cookie, origin: 'http://attacker.example' } }
    expect(await codeOf(closed.send('/v1/jobs/x/cancel', change))).toBe('E_FORBIDDEN')
    const out = await closed.send('/v1/session', { method: 'DELETE', headers: { cookie } })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(/^parallax=;.*(Max-Age=0|1970)/)
  })

  test('stops who asks too often, and says when to go on', async () => {
    const key = await closed.key('submitter', 'hasty')
    const asked = await Promise.all(Array.from({ length: 201 }, () => closed.send('/v1/session', {}, key)))
    const refused = asked.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(1)
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(Promise.resolve(refused[0]!))).toBe('E_BUSY')
    expect((await closed.send('/v1/session', {}, submitter)).status).toBe(200)
  })

  test('stops who tries too many keys, and nobody else at that address', async () => {
    await using service = await openTestService({ env: { PARALLAX_RATE: '5' } })
    const good = await service.key('submitter', 'a')
    const codes: string[] = []
    for (let n = 0; n < 7; n++) codes.push(await codeOf(service.send('/v1/jobs', {}, `plx_wrong${n}`)))
    expect(codes).toEqual([...Array<string>(5).fill('E_AUTH'), 'E_BUSY', 'E_BUSY'])
    expect((await service.send('/v1/jobs', {}, good)).status).toBe(200)
  })

  test('logs who asked for what, and no key', async () => {
    await closed.send('/v1/jobs/secret-id?batch=secret', {}, submitter)
    const line = closed.log.find((one) => one.includes('/v1/jobs/:id"'))!
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: '/v1/jobs/:id', status: 400, tenant: 'a' })
    expect(closed.log.join('')).not.toMatch(/plx_|secret/)
  })
})

test('requests that cannot be meant are refused by what is wrong with them', async () => {
  const get = (path: string) => codeOf(open.send(path))
  expect(await get('/v1/jobs?limit=0')).toBe('E_BAD_REQUEST')
  expect(await get('/v1/jobs?limit=1001')).toBe('E_BAD_REQUEST')
  expect(await get('/v1/jobs?status=lost')).toBe('E_BAD_REQUEST')
  expect(await get('/v1/jobs/%00')).toBe('E_NOT_FOUND')
  expect(await get(`/v1/jobs/${'x'.repeat(101)}`)).toBe('E_BAD_REQUEST')
  expect(await get('/v1/batches/none/events')).toBe('E_NOT_FOUND')
  expect(await get('/v1/jobs/%E0%A4%A')).toBe('E_BAD_REQUEST')
  const post = (path: string, body: string, type = 'application/json') =>
    codeOf(open.send(path, { method: 'POST', body, headers: { 'content-type': type } }))
  expect(await post('/v1/session', '{"key":')).toBe('E_BAD_REQUEST')
  expect(await post('/v1/session', '{}')).toBe('E_BAD_REQUEST')
  expect(await post('/v1/session', '{"__proto__":{"key":"x"}}')).toBe('E_BAD_REQUEST')
  expect(await post('/v1/session', 'key=x', 'application/x-www-form-urlencoded')).toBe('E_BAD_REQUEST')
  expect(await post('/v1/session', JSON.stringify({ key: 'x'.repeat(2 ** 20) }))).toBe('E_FILE_TOO_LARGE')
  expect(await post('/v1/batches', '{}')).toBe('E_BAD_REQUEST')
})

test('document types come with their schema', async () => {
  const { items } = await answerOf(open.send('/v1/types'), 200, documentTypesSchema)
  expect(items.map(({ name }) => name)).toContain('receipt')
  const receipt = await answerOf(open.send('/v1/types/receipt'), 200, documentTypeSchema)
  expect(receipt.jsonSchema).toMatchObject({ type: 'object', properties: { total: expect.anything() } })
  expect(await codeOf(open.send('/v1/types/invoice-of-nobody'))).toBe('E_NOT_FOUND')
  expect(await codeOf(open.send('/v1/types/..%2F..%2Fpackage.json'))).toBe('E_NOT_FOUND')
})

test('the page is served at its own addresses, its program for ever, and nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  await mkdir(join(folder, 'web', 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'web', 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'web', 'assets', 'index-1a2b.js'), '1')
  const page = pathToFileURL(join(folder, 'web', '/'))
  try {
    await using service = await openTestService({ change: () => ({ page }) })
    const browse = (path: string) => service.send(path, { headers: { accept: 'text/html,*/*' } })
    for (const path of ['/', '/batches/b', '/review?batch=b']) {
      const answer = await browse(path)
      expect(await answer.text()).toContain('<title>page</title>')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
    const program = await service.send('/assets/index-1a2b.js')
    expect(program.headers.get('cache-control')).toMatch(/immutable/)
    expect(program.headers.get('content-type')).toMatch(/javascript/)
    expect(await codeOf(browse('/v1/nothing'))).toBe('E_NOT_FOUND')
    expect(await codeOf(browse('/assets/nothing.js'))).toBe('E_NOT_FOUND')
    expect(await raw(service, '/../secret.txt', {})).not.toBe(200)
    expect(await raw(service, '/assets/..%2f..%2fsecret.txt', {})).not.toBe(200)
  } finally {
    await rm(folder, { recursive: true })
  }
})
