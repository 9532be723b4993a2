import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { acceptedBatchSchema, batchSchema, resultAnswerSchema } from '../contract/jobs.ts'
import { reviewSchema } from '../contract/review.ts'
import { documentTypeSchema, documentTypesSchema, typeTrialSchema } from '../contract/types.ts'
import { answerOf, codeOf, formOf, openTestService, samplePage, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let at: TestService
let admin: string
let submitter: string
let stranger: string
let page: Buffer
beforeAll(async () => {
  at = await openTestService()
  admin = await at.key('admin', 'local')
  submitter = await at.key('submitter', 'local')
  stranger = await at.key('admin', 'other')
  page = await readFile(samplePage('my-supermarket-crumpled-06'))
})
afterAll(() => at[Symbol.asyncDispose]())

const text = { type: ['string', 'null'] }
const schema = (properties: object, required: readonly string[] = []) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties,
  required,
})
const put = (
  name: string,
  body: unknown,
  { key = admin, type = 'application/json' }: { readonly key?: string; readonly type?: string } = {},
) =>
  at.send(
    `/v1/types/${name}`,
    { method: 'PUT', headers: { 'content-type': type }, body: JSON.stringify(body) },
    key,
  )
const get = (path: string, headers: Record<string, string> = {}) => at.send(path, { headers }, submitter)
const remove = (name: string, key = admin) => at.send(`/v1/types/${name}`, { method: 'DELETE' }, key)
const listed = async () => (await answerOf(get('/v1/types'), 200, documentTypesSchema)).items
const names = async () => (await listed()).map(({ name }) => name)
const submit = (type: string) =>
  at.send(
    '/v1/batches',
    { method: 'POST', body: formOf({ type, route: 'modular' }, { name: 'a.jpg', bytes: page }) },
    submitter,
  )

test('a type is kept, counted, told apart by its tag, listed, and offered no longer', async () => {
  const first = schema({ total: { type: 'number' } })
  const answer = { name: 'slip', builtIn: false, version: 1, jsonSchema: first }
  expect(await answerOf(put('slip', first), 201, documentTypeSchema)).toEqual(answer)
  expect(await answerOf(put('slip', first), 200, documentTypeSchema)).toEqual(answer)
  const told = await get('/v1/types/slip')
  expect(await told.json()).toEqual(answer)
  const etag = told.headers.get('etag')!
  expect((await get('/v1/types/slip', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
  const second = schema({ total: { type: 'number' }, date: text })
  expect(
    await answerOf(put('slip', second, { type: 'application/schema+json' }), 201, documentTypeSchema),
  ).toEqual({ ...answer, version: 2, jsonSchema: second })
  expect((await get('/v1/types/slip', { 'if-none-match': etag })).status).toBe(200)
  expect((await listed()).filter(({ builtIn }) => !builtIn)).toEqual([
    { ...answer, version: 2, jsonSchema: second },
  ])
  expect((await listed())[0]).toMatchObject({ builtIn: true, version: null })
  expect((await remove('slip')).status).toBe(204)
  expect(await codeOf(remove('slip'))).toBe('E_NOT_FOUND')
  expect(await codeOf(get('/v1/types/slip'))).toBe('E_NOT_FOUND')
  expect(await codeOf(submit('slip'))).toBe('E_BAD_REQUEST')
  expect(await names()).not.toContain('slip')
})

test('who puts the same at once has one version', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => put('raced', schema({ a: text }))))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
  expect(await readdir(join(at.home, 'types/raced'))).toEqual(['1.schema.json'])
})

test.each<[string, string, unknown, string, RegExp]>([
  ['a built-in name', 'receipt', schema({ a: text }), 'E_BAD_REQUEST', /"receipt" is a built-in type/],
  ['a name with other letters', 'My_Type', schema({ a: text }), 'E_BAD_REQUEST', /small letters/],
  ['a name that leads elsewhere', '..%2F..%2Fa', schema({ a: text }), 'E_BAD_REQUEST', /small letters/],
  ['a schema of something else', 'bad', { type: 'string' }, 'E_TYPE_INVALID', /describes an object/],
  ['a schema that is none', 'bad', schema({ a: { type: 'txt' } }), 'E_TYPE_INVALID', /not a usable JSON Schema/],
  ['a reference to elsewhere', 'bad', schema({ a: { $ref: 'http://x.test/' } }), 'E_SCHEMA_UNSAFE', /points outside/],
  ['a schema that is too long', 'bad', schema({ a: { ...text, description: 'a'.repeat(66_000) } }), 'E_SCHEMA_UNSAFE', /larger than 64 KB/],
  ['a list', 'bad', [1], 'E_BAD_REQUEST', /body/],
])('refuses %s', async (_, name, body, code, sentence) => {
  const refused = await put(name, body)
  expect(await refused.json()).toMatchObject({ code, message: expect.stringMatching(sentence) })
  expect(refused.status).toBeLessThan(500)
  expect(await names()).not.toContain(name === 'receipt' ? 'bad' : name)
}) // prettier-ignore

test('is kept by whoever runs the service, and by nobody else', async () => {
  const body = schema({ a: text })
  for (const key of [submitter, stranger]) {
    expect(await codeOf(put('theirs', body, { key }))).toBe('E_FORBIDDEN')
    expect(await codeOf(remove('raced', key))).toBe('E_FORBIDDEN')
  }
  expect(await codeOf(at.send('/v1/types/try', { method: 'POST', body: formOf({}) }, submitter))).toBe(
    'E_FORBIDDEN',
  )
  expect(await names()).not.toContain('theirs')
})

test('a damaged version is left out, told, and mended by the next', async () => {
  await put('torn', schema({ a: text }))
  await writeFile(join(at.home, 'types/torn/1.schema.json'), '{"type":')
  expect(await names()).toContain('receipt')
  expect(await names()).not.toContain('torn')
  expect(await codeOf(get('/v1/types/torn'))).toBe('E_DAMAGED')
  expect(await codeOf(submit('torn'))).toBe('E_TYPE_INVALID')
  expect(await answerOf(put('torn', schema({ a: text })), 201, documentTypeSchema)).toMatchObject({
    version: 2,
  })
  expect(await names()).toContain('torn')
})

const tryOn = (fields: Readonly<Record<string, string>>, bytes: Uint8Array | string = page) =>
  at.send('/v1/types/try', { method: 'POST', body: formOf(fields, { name: 'a.jpg', bytes }) }, stranger)

test('is tried on a document, of which nothing stays', async () => {
  const before = await names()
  const total = { type: 'number', 'x-captions': ['Total'], description: 'a'.repeat(10_000) }
  const asked = schema({ total, licence: text })
  const { items } = await answerOf(
    tryOn({ schema: JSON.stringify(asked), name: 'slip' }),
    200,
    typeTrialSchema,
  )
  expect(items.map(({ pointer }) => pointer)).toEqual(['/total', '/licence'])
  expect(items[0]).toMatchObject({ page: 1, value: expect.any(Number), asked: expect.arrayContaining(['Total']) })
  expect(await codeOf(tryOn({ schema: '{' }))).toBe('E_TYPE_INVALID')
  expect(await codeOf(tryOn({ schema: 'a'.repeat(70_000) }))).toBe('E_SCHEMA_UNSAFE')
  expect(await codeOf(tryOn({ schema: 'a'.repeat(140_000) }))).toBe('E_BAD_REQUEST')
  expect(await codeOf(tryOn({ schema: JSON.stringify(asked) }, 'Dear Sir'))).toBe('E_NOT_IMAGE')
  expect(await codeOf(tryOn({}))).toBe('E_BAD_REQUEST')
  expect([await names(), await readdir(join(at.home, 'uploads'))]).toEqual([before, []])
}) // prettier-ignore

test('a document keeps the version that it was submitted with: it is read, reviewed and corrected by it', async () => {
  const properties = { total: { type: 'number' }, cashier: text, orderNumber: { type: 'string' } }
  const required = ['orderNumber']
  await answerOf(put('order', schema(properties, required)), 201, documentTypeSchema)
  const { id, jobs } = await answerOf(submit('order'), 202, acceptedBatchSchema)
  const { cashier: _, ...fewer } = properties
  expect(await answerOf(put('order', schema(fewer, required)), 201, documentTypeSchema)).toMatchObject({
    version: 2,
  })
  await using _worker = await at.work()
  const ended = async (batch: string) => {
    for (;;) {
      const { finished } = await answerOf(get(`/v1/batches/${batch}`), 200, batchSchema)
      if (finished) return
      await delay(100)
    }
  }
  await ended(id)
  const job = jobs[0]!.id
  const result = await answerOf(get(`/v1/jobs/${job}/result`), 200, resultAnswerSchema)
  expect(result).toMatchObject({ documentType: 'order', error: null, verdict: 'needs_review' })
  const review = () => answerOf(at.send(`/v1/review/${job}`, {}, admin), 200, reviewSchema)
  const labels = async () => (await review()).form.map(({ pointer }) => pointer)
  expect(await labels()).toEqual(['/total', '/cashier', '/orderNumber'])
  expect((await remove('order')).status).toBe(204)
  const { revision } = await review()
  const changes = [
    { field: '/cashier', value: 'Ada' },
    { field: '/orderNumber', value: 'A-1' },
  ]
  const corrected = at.send(
    `/v1/review/${job}/corrections`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ changes, revision }),
    },
    admin,
  )
  expect((await answerOf(corrected, 200, reviewSchema)).corrections).toHaveLength(2)
  expect(await labels()).toContain('/cashier')
  await answerOf(put('order', schema(fewer, required)), 201, documentTypeSchema)
  const again = await answerOf(submit('order'), 202, acceptedBatchSchema)
  await ended(again.id)
  const form = at.send(`/v1/jobs/${again.jobs[0]!.id}/document`, {}, submitter)
  expect(JSON.stringify(await (await form).json())).not.toContain('cashier')
  expect(at.troubles).toEqual([])
})
