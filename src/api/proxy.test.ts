import { request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestService, type TestService } from './service.case.ts'

const origin = 'https://parallax.example.com'
const host = 'parallax.example.com'

type Headers = Readonly<Record<string, string>>

/** As a proxy sends it on: with any host. */
function send(
  at: TestService,
  path: string,
  headers: Headers,
  method = 'GET',
  body = '',
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(at.url)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end(body)
  })
}

describe('behind a proxy that the settings name', () => {
  let at: TestService
  let key: string
  let cookie: string
  beforeAll(async () => {
    at = await openTestService({ env: { PARALLAX_ORIGIN: `${origin}/` } })
    key = await at.key('admin', 'a')
    cookie = `parallax=${key}`
  })
  afterAll(() => at[Symbol.asyncDispose]())

  const signIn = (headers: Headers) =>
    send(
      at,
      '/v1/session',
      { 'content-type': 'application/json', ...headers },
      'POST',
      JSON.stringify({ key }),
    )
  const change = async (headers: Headers) =>
    (await send(at, '/v1/jobs/x/cancel', { cookie, ...headers }, 'POST')).statusCode
  const look = async (headers: Headers) => (await send(at, '/v1/jobs', { cookie, ...headers })).statusCode

  test('the cookie goes over TLS alone, though the proxy speaks without', async () => {
    const { statusCode, headers } = await signIn({ host, origin })
    expect(statusCode).toBe(200)
    expect(headers['set-cookie']![0]).toMatch(/; Secure/)
  })

  test('changes come from the page at that address, by scheme and host', async () => {
    expect(await change({ host, origin, 'sec-fetch-site': 'same-origin' })).toBe(404)
    expect(await change({ host: '127.0.0.1:7272', origin })).toBe(404)
    expect(await change({ host, origin: `http://${host}` })).toBe(403)
    expect(await change({ host, origin: 'https://attacker.example' })).toBe(403)
    expect(await change({ host, origin, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect((await signIn({ host, origin: 'https://attacker.example' })).statusCode).toBe(403)
  })

  test('a proxy that names another host is refused', async () => {
    expect(await look({ host })).toBe(200)
    expect(await look({ host, 'x-forwarded-host': host })).toBe(200)
    expect(await look({ host: 'attacker.example' })).toBe(403)
    expect(await look({ host, 'x-forwarded-host': 'attacker.example' })).toBe(403)
    expect(await look({ host: '127.0.0.1', 'x-forwarded-host': 'attacker.example' })).toBe(403)
    expect((await signIn({ host: 'attacker.example', origin: 'https://attacker.example' })).statusCode).toBe(
      403,
    )
  })

  test('programs with a key ask by any name', async () => {
    const headers = { host: 'parallax:7272', authorization: `Bearer ${key}` }
    expect((await send(at, '/v1/jobs', headers)).statusCode).toBe(200)
  })
})

test('without keys nobody who comes by a proxy is taken for whoever sits at the machine', async () => {
  await using at = await openTestService()
  const statusOf = async (headers: Headers) => (await send(at, '/v1/jobs', headers)).statusCode
  expect(await statusOf({ host: '127.0.0.1' })).toBe(200)
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'])
    expect(await statusOf({ host: '127.0.0.1', [name]: 'localhost' })).toBe(403)
})
