import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { jobPageSchema, resultAnswerSchema } from '../contract/jobs.ts'
import { receipt, seed } from './review.case.ts'
import { answerOf, codeOf, openTestService, type TestService } from './service.case.ts'
import { sampleCertificate } from '../trust/certificate.case.ts'

let at: TestService
let submitter: string
let reviewer: string
let admin: string
let other: string
beforeAll(async () => {
  at = await openTestService()
  submitter = await at.key('submitter', 'local')
  reviewer = await at.key('reviewer', 'local')
  admin = await at.key('admin', 'local')
  other = await at.key('admin', 'other')
})
afterAll(() => at[Symbol.asyncDispose]())

const get = (path: string, key = submitter) => at.send(path, {}, key)
const remove = (path: string, key = admin) => at.send(path, { method: 'DELETE' }, key)
const linesOf = async (sent: Promise<Response>): Promise<unknown[]> =>
  (await (await sent).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown)

test('rows as lines and as a table, with what people corrected, and of one tenant alone', async () => {
  const batch = 'rows'
  const formula = { merchant: { name: '=1+1', address: null, phone: null } }
  const done = await seed(at.service, { batch, file: 'a.jpg' })
  await seed(at.service, {
    batch,
    position: 1,
    file: '=b.jpg',
    status: 'accepted',
    result: { data: receipt(formula) },
  })
  await seed(at.service, { tenant: 'other', batch: 'rows of another' })
  const change = {
    jobId: done.id,
    field: '/total' as const,
    before: 9,
    after: 10,
    by: 'ann',
    at: '2024-01-01T00:00:00.000Z',
  }
  await at.service.store.correct([change])
  await at.service.store.closeReview(done.id, { status: 'reviewed', by: 'ann' })

  const results = (await linesOf(get(`/v1/exports?batch=${batch}`))).map((row) =>
    resultAnswerSchema.parse(row),
  )
  expect(results.map(({ file, data }) => [file, (data as { total: number }).total])).toEqual([
    ['a.jpg', 10],
    ['=b.jpg', 9],
  ])
  expect(await linesOf(get('/v1/exports?status=reviewed'))).toHaveLength(1)
  const table = await get(`/v1/exports?format=csv&batch=${batch}`)
  expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(table.headers.get('content-disposition')).toBe('attachment; filename="rows.csv"')
  const [header, first, second] = (await table.text()).split('\n')
  expect(header).toMatch(
    /^"file","verdict","error","flags","status","job","batch","batch_name","reference","metadata","reviewer","rejection","note","merchant\.name",/,
  )
  expect(first).toMatch(
    new RegExp(`^"a\\.jpg","accepted",,,"reviewed","${done.id}","rows",,,,"ann",,,"CityCab",`),
  )
  expect(second).toMatch(
    /^"'=b\.jpg","needs_review",,"E_LOW_CONFIDENCE","accepted","[^"]+","rows",,,,,,,"'=1\+1",/,
  )
  expect(await linesOf(get('/v1/exports', other))).toHaveLength(1)
  expect(await codeOf(get(`/v1/exports?batch=${batch}`, other))).toBe('E_NOT_FOUND')
  expect(await codeOf(get('/v1/exports?format=xml'))).toBe('E_BAD_REQUEST')
  expect(await (await get('/v1/exports?format=csv&status=failed')).text()).toBe('')
})

test('a table may have a line for each item, each with what is true of its document', async () => {
  const batch = 'items'
  const item = (description: string, amount: number) => ({ description, quantity: 1, unitPrice: amount, amount })
  const lists = [[item('Tea', 1.5), item('Kaya toast', 4), item('Egg', 2)], [item('Fare', 9)], []]
  const jobs: { readonly id: string }[] = []
  for (const [position, items] of lists.entries())
    jobs.push(await seed(at.service, { batch, position, file: `${position}.jpg`, result: { data: receipt({ items }) } }))
  const lines = async (query: string) => {
    const answer = await get(`/v1/exports?format=csv&batch=${batch}${query}`)
    return Buffer.from(await answer.arrayBuffer()).toString().trimEnd().split('\n')
  }
  const [header, ...perItem] = await lines('&per=item')
  expect(header).toContain('"items.description"')
  expect(perItem.map((line) => /"(Tea|Kaya toast|Egg|Fare)"/.exec(line)?.[1])).toEqual(['Tea', 'Kaya toast', 'Egg', 'Fare', undefined])
  expect(perItem.map((line) => jobs.findIndex(({ id }) => line.includes(`"${id}"`)))).toEqual([0, 0, 0, 1, 2])
  const perDocument = await lines('&per=document')
  expect(perDocument).toEqual(await lines(''))
  expect(perDocument).toHaveLength(4)
  expect([await lines('&bom=true'), header!.charCodeAt(0)]).toEqual([[`\uFEFF${perDocument[0]}`, ...perDocument.slice(1)], 0x22])
}) // prettier-ignore

test.each([
  'per=line',
  'bom=1',
  'per-item=yes',
  'formats=csv',
  'per=item',
  'format=xlsx&bom=true',
  'format=csv&columns=..%2Fledger',
])('refuses %s, which would be ignored', async (query) => {
  expect(await codeOf(get(`/v1/exports?${query}`))).toBe('E_BAD_REQUEST')
}) // prettier-ignore

test.each(['batches?page=2', 'jobs?state=failed', 'session?key=x', 'exports/pairs?type=receipt'])(
  'an option that no route knows is refused: %s',
  async (path) => expect(await codeOf(get(`/v1/${path}`, reviewer))).toBe('E_BAD_REQUEST'),
)

test('a workbook with days as days, numbers as numbers and no formulas', async () => {
  const batch = 'workbook'
  const merchant = { name: '=HYPERLINK("x")\u0001', address: 'a'.repeat(40_000), phone: '+65 1' }
  await seed(at.service, { batch, file: 'a.jpg', result: { data: receipt({ merchant }) } })
  const answer = await get(`/v1/exports?format=xlsx&per=item&batch=${batch}`)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="rows.xlsx"')
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()))
  const [header, row] = sheets[0]!.rows
  const cell = (name: string) => row![header!.indexOf(name)]
  expect(cell('date')).toEqual(new Date('2018-03-02T00:00:00Z'))
  expect([cell('total'), cell('items.amount'), cell('batch')]).toEqual([9, 9, batch])
  expect(cell('merchant.name')).toBe(`'=HYPERLINK("x")\ufffd`)
  expect(cell('merchant.phone')).toBe("'+65 1")
  expect(String(cell('merchant.address'))).toHaveLength(32_767)
})

test('what was said of a batch is told with its documents, and documents by what tells them apart', async () => {
  const batch = 'told'
  const said = { name: 'March', reference: '=1', metadata: { centre: 44 } }
  await at.service.store.openBatch(batch, said)
  const { id } = await seed(at.service, { batch })
  expect(await answerOf(get(`/v1/jobs/${id}/result`), 200, resultAnswerSchema)).toMatchObject({
    submission: { batch, ...said },
  })
  expect(await linesOf(get(`/v1/exports?batch=${batch}`))).toMatchObject([{ submission: { batch, ...said } }])
  expect(await (await get(`/v1/exports?format=csv&batch=${batch}`)).text()).toContain(
    `"${batch}","March","'=1","{""centre"":44}",`,
  )
  const { items } = await answerOf(get(`/v1/jobs?batch=${batch}&summary=true`), 200, jobPageSchema)
  expect(items[0]!.summary).toEqual([
    { label: 'merchant name', text: 'CityCab' },
    { label: 'date', text: '2018-03-02' },
    { label: 'total', text: '9' },
  ])
})

test('a workbook of nothing is one all the same', async () => {
  const answer = await get('/v1/exports?format=xlsx&status=failed')
  expect((await readXlsx(new Uint8Array(await answer.arrayBuffer()))).sheets).toHaveLength(1)
})

test('columns that a file of the data folder asks for', async () => {
  const columns = [
    '- { name: Supplier, from: /merchant/name }',
    '- { name: What, from: /items/*/description }',
    '- { name: Batch, from: batch }',
  ]
  await mkdir(join(at.home, 'columns'), { recursive: true })
  await writeFile(join(at.home, 'columns', 'books.yaml'), columns.join('\n'))
  await writeFile(join(at.home, 'columns', 'torn.yaml'), '- { name: Supplier, from: merchant }')
  expect(await answerOf(get('/v1/exports/columns'), 200, z.looseObject({}))).toEqual({
    items: ['books', 'torn'],
  })
  await seed(at.service, { batch: 'booked' })
  const path = '/v1/exports?format=csv&batch=booked&columns='
  expect(await (await get(`${path}books`)).text()).toBe(
    '"Supplier","What","Batch"\n"CityCab","Taxi","booked"\n',
  )
  expect(await codeOf(get(`${path}torn`))).toBe('E_BAD_REQUEST')
  expect(await codeOf(get(`${path}none`))).toBe('E_NOT_FOUND')
  expect(await codeOf(get(`${path}books&per=item`))).toBe('E_BAD_REQUEST')
})

test('documents say what became of them, and cancelled ones are left out unless they are asked for', async () => {
  const batch = 'ends'
  const [rejected, cancelled] = [
    await seed(at.service, { batch, file: 'rejected.jpg' }),
    await seed(at.service, { batch, file: 'cancelled.jpg', position: 1 }),
  ]
  await at.service.store.closeReview(rejected.id, { status: 'rejected', by: 'ann' })
  await at.service.store.cancel(cancelled.id)
  const path = `/v1/exports?batch=${batch}`
  expect(await linesOf(get(path))).toMatchObject([
    { file: 'rejected.jpg', status: 'rejected', verdict: 'needs_review' },
  ])
  expect(await linesOf(get(`${path}&status=cancelled`))).toMatchObject([
    { file: 'cancelled.jpg', status: 'cancelled' },
  ])
  const table = await (await get(`${path}&format=csv`)).text()
  expect(table).toContain(',"rejected",')
  expect(table).not.toContain('cancelled.jpg')
  expect(await codeOf(get(`/v1/jobs/${cancelled.id}/result`))).toBe('E_CONFLICT')
  expect((await get(`/v1/jobs/${rejected.id}/result`)).status).toBe(200)
})

test('what a person decides about a review is not undone by a submitter', async () => {
  const batch = 'decided'
  const [rejected, waiting] = [
    await seed(at.service, { batch }),
    await seed(at.service, { batch, position: 1 }),
  ]
  await at.service.store.closeReview(rejected.id, { status: 'rejected', by: 'ann' })
  const actions = [`/v1/jobs/${rejected.id}/retry`, `/v1/jobs/${waiting.id}/cancel`]
  const post = (path: string, key: string) => at.send(path, { method: 'POST' }, key)
  for (const path of actions) expect(await codeOf(post(path, submitter))).toBe('E_FORBIDDEN')
  for (const { id, status } of [{ ...rejected, status: 'rejected' }, waiting])
    expect((await at.service.store.get(id))!.status).toBe(status)
  for (const path of actions) expect((await post(path, reviewer)).status).toBe(200)
})

test('errors of the service are told to tenants without its files', async () => {
  const message = `The ledger ${at.home}/ledger.sqlite cannot be used.`
  const error = { code: 'E_STORAGE', message, retryable: true } as const
  const result = { data: null, fields: {}, verdict: 'failed', reason: message, error } as const
  const { id } = await seed(at.service, { batch: 'away', status: 'failed', result })
  for (const path of [
    `/v1/jobs/${id}`,
    '/v1/jobs?batch=away',
    `/v1/jobs/${id}/result`,
    '/v1/exports?batch=away',
  ]) {
    const told = await (await get(path)).text()
    expect(told).toContain('E_STORAGE')
    expect(told).not.toContain(at.home)
  }
})

test('what people reviewed as training pairs, drawn documents apart', async () => {
  const batch = 'pairs'
  const audit = [{ code: 'AUDIT', field: null, message: 'It was drawn.' }]
  const ids = [
    await seed(at.service, { batch }),
    await seed(at.service, { batch, position: 1, result: { flags: audit } }),
  ].map(({ id }) => id)
  await seed(at.service, { batch, position: 2 })
  for (const id of ids) await at.service.store.closeReview(id, { status: 'reviewed', by: 'ann' })
  expect(await linesOf(get(`/v1/exports/pairs?batch=${batch}`, reviewer))).toMatchObject([
    {
      file_name: `${ids[0]}.jpg`,
      ground_truth: JSON.stringify({ gt_parse: receipt() }),
      source: 'review',
      picture: `/v1/jobs/${ids[0]}/pages/1`,
    },
    { file_name: `${ids[1]}.jpg`, source: 'audit' },
  ])
  expect(await codeOf(get('/v1/exports/pairs'))).toBe('E_FORBIDDEN')
})

const certificate = sampleCertificate()
const put = (name: string, body: unknown, key = admin) =>
  at.send(
    `/v1/certificates/${name}`,
    { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    key,
  )

test('certificates mark the rows of their tenant', async () => {
  await seed(at.service, { batch: 'marked' })
  const marked = async () =>
    resultAnswerSchema.parse((await linesOf(get('/v1/exports?batch=marked')))[0]).fields['/total']!.certified
  expect(await marked()).toBe(false)
  const anything = z.looseObject({})
  expect(await answerOf(put('receipts', certificate), 200, anything)).toEqual({
    name: 'receipts',
    certificate,
  })
  expect(await answerOf(get('/v1/certificates'), 200, anything)).toMatchObject({
    items: [{ name: 'receipts' }],
  })
  expect(await answerOf(get('/v1/certificates', other), 200, anything)).toEqual({ items: [] })
  expect(await marked()).toBe(true)
  expect(await codeOf(put('receipts', { ...certificate, error: 2 }))).toBe('E_BAD_REQUEST')
  expect(await codeOf(put('..%2Fx', certificate))).toBe('E_BAD_REQUEST')
  expect(await codeOf(put('receipts', certificate, reviewer))).toBe('E_FORBIDDEN')
  expect((await remove('/v1/certificates/receipts')).status).toBe(204)
  expect(await codeOf(remove('/v1/certificates/receipts'))).toBe('E_NOT_FOUND')
  expect(await marked()).toBe(false)
})

test('documents and batches are deleted by who may, in their own tenant', async () => {
  const { id } = await seed(at.service, { batch: 'gone' })
  await seed(at.service, { batch: 'gone', position: 1 })
  expect(await codeOf(remove(`/v1/jobs/${id}`, reviewer))).toBe('E_FORBIDDEN')
  for (const path of [`/v1/jobs/${id}`, '/v1/batches/gone', '/v1/jobs/nonsense'])
    expect(await codeOf(remove(path, other))).toBe('E_NOT_FOUND')
  expect((await remove(`/v1/jobs/${id}`)).status).toBe(204)
  expect(await codeOf(get(`/v1/jobs/${id}/result`))).toBe('E_NOT_FOUND')
  expect((await remove('/v1/batches/gone')).status).toBe(204)
  expect(await codeOf(get('/v1/batches/gone'))).toBe('E_NOT_FOUND')
})

test.each(['jobs', 'batches'])('what is being read is deleted all the same, by %s', async (by) => {
  const { key, id } = await seed(at.service, {
    batch: 'busy',
    status: 'failed',
    result: { data: null, verdict: 'failed', error: { code: 'E_TIMEOUT', message: 'x', retryable: false } },
    bytes: new TextEncoder().encode(`to be deleted by ${by}`),
  })
  const { store, blobs } = at.service
  await store.retry(id)
  const { token } = (await store.lease(key))!
  const { blob } = (await store.work(key))!
  expect((await remove(by === 'jobs' ? `/v1/jobs/${id}` : '/v1/batches/busy')).status).toBe(204)
  expect(await codeOf(get(`/v1/jobs/${id}`))).toBe('E_NOT_FOUND')
  expect(await blobs.has(blob)).toBe(false)
  expect(await store.renew(key, token)).toBe(false)
})
