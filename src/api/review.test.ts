import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { jobSchema, resultAnswerSchema } from '../contract/jobs.ts'
import {
  checkedSchema,
  documentSchema,
  nextReviewSchema,
  readRegionSchema,
  reviewQueueSchema,
  reviewSchema,
} from '../contract/review.ts'
import { receipt, seed } from './review.case.ts'
import { answerOf, codeOf, openTestService, type TestService } from './service.case.ts'

let at: TestService
let ann: string
let bob: string
let other: string
let submitter: string
beforeAll(async () => {
  at = await openTestService()
  ann = await at.key('reviewer', 'local')
  bob = await at.key('admin', 'local')
  other = await at.key('admin', 'other')
  submitter = await at.key('submitter', 'local')
})
afterAll(() => at[Symbol.asyncDispose]())

let position = 0
const waiting = (options: Parameters<typeof seed>[1] = {}) =>
  seed(at.service, { position: position++, ...options })

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const post = (path: string, body: unknown, key = ann) => at.send(path, json(body), key)
const review = (id: string) => answerOf(at.send(`/v1/review/${id}`, {}, ann), 200, reviewSchema)

test('the queue, from the most urgent on, and the next document of each reviewer', async () => {
  const batch = 'queue'
  const tenant = 'queued'
  const [slow, urgent] = [
    await seed(at.service, { tenant, batch, urgency: 1 }),
    await seed(at.service, { tenant, batch, position: 1, urgency: 5 }),
  ]
  const [cat, dan] = [await at.key('reviewer', tenant), await at.key('admin', tenant)]
  const queue = await answerOf(at.send('/v1/review', {}, cat), 200, reviewQueueSchema)
  expect(queue).toMatchObject({
    total: 2,
    items: [
      { job: { id: urgent.id }, urgency: 5, documentType: 'receipt', flags: [{ field: '/total' }] },
      { job: { id: slow.id } },
    ],
  })
  const next = (key: string, body = {}) => answerOf(post('/v1/review/next', body, key), 200, nextReviewSchema)
  expect(await next(cat)).toMatchObject({ job: { id: urgent.id }, waiting: 2 })
  expect(await next(dan)).toMatchObject({ job: { id: slow.id } })
  expect((await next(cat, { not: urgent.id })).job).toBeNull()
  await answerOf(post(`/v1/review/${slow.id}/skip`, {}, dan), 200, jobSchema)
  const after = await answerOf(at.send('/v1/review?limit=1', {}, cat), 200, reviewQueueSchema)
  expect(after).toMatchObject({ total: 2, items: [{ job: { id: urgent.id } }] })
})

test('a document comes with its form, its doubtful fields and the size of its pages', async () => {
  const { id } = await waiting()
  const { form, uncertain, pages, row: result, corrections } = await review(id)
  expect(uncertain).toEqual(['/total'])
  expect(pages).toHaveLength(1)
  expect(result.data).toEqual(receipt())
  expect(corrections).toEqual([])
  expect(form.map(({ pointer }) => pointer)).toEqual([
    '/merchant/name',
    '/merchant/address',
    '/merchant/phone',
    '/date',
    '/time',
    '/currency',
    '/items',
    '/subtotal',
    '/discount',
    '/serviceCharge',
    '/taxes',
    '/tax',
    '/rounding',
    '/tip',
    '/total',
  ])
  const picture = await at.send(`/v1/jobs/${id}/pages/1`, {}, submitter)
  expect(picture.headers.get('content-type')).toBe('image/jpeg')
  expect(picture.headers.get('cache-control')).toBe('no-store')
  const { width, height, format, channels } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata()
  expect({ page: 1, width, height }).toEqual(pages[0])
  expect([format, channels]).toEqual(['jpeg', 3])
})

test('what would be wrong is told, and nothing is recorded', async () => {
  const { id } = await waiting()
  const check = (field: string, value: unknown) =>
    answerOf(post(`/v1/review/${id}/check`, { changes: [{ field, value }] }), 200, checkedSchema)
  expect(await check('/total', 9.04)).toEqual({ problem: null, flags: [] })
  const mismatch = await check('/total', 12)
  expect(mismatch).toMatchObject({ problem: null, flags: [{ code: 'LINES_MISMATCH' }] })
  expect((await check('/date', 'yesterday')).problem).toContain('/date')
  expect((await check('/rate', 3)).problem).toContain('no field /rate')
  expect((await review(id)).corrections).toEqual([])
})

test('corrections, records taken away and added among them, until the review is closed', async () => {
  const items = ['a', 'b', 'c'].map((description) => ({ description, quantity: 1, unitPrice: 3, amount: 3 }))
  const { id } = await waiting({ result: { data: receipt({ items }) } })
  const changes = [
    { field: '/total', value: 12 },
    { field: '/items/0', value: null },
    { field: '/items/3/description', value: 'd' },
    { field: '/items/3/amount', value: 6 },
  ]
  const corrected = await answerOf(
    post(`/v1/review/${id}/corrections`, { changes, revision: 0 }),
    200,
    reviewSchema,
  )
  const expected = [items[1], items[2], { description: 'd', quantity: null, unitPrice: null, amount: 6 }]
  expect(corrected.row.data).toEqual(receipt({ items: expected, total: 12 }))
  expect(corrected.uncertain).toEqual([])
  expect(corrected.corrections).toContainEqual({
    field: '/items/0',
    before: JSON.stringify(items[0]),
    after: null,
    by: 'reviewer of local',
    at: expect.any(String),
  })
  await answerOf(
    post(
      `/v1/review/${id}/corrections`,
      { changes: [{ field: '/items/0/description', value: 'B' }], revision: corrected.revision },
      bob,
    ),
    200,
    reviewSchema,
  )
  const job = await answerOf(post(`/v1/review/${id}/accept`, {}), 200, jobSchema)
  expect(job).toMatchObject({ status: 'reviewed', reviewedBy: 'reviewer of local' })
  const result = await answerOf(at.send(`/v1/jobs/${id}/result`, {}, submitter), 200, resultAnswerSchema)
  expect(result.data).toEqual(
    receipt({ items: [{ ...items[1], description: 'B' }, ...expected.slice(1)], total: 12 }),
  )
  expect(result).toMatchObject({ verdict: 'accepted', flags: [] })
})

test('a place is read anew, as the value of a field', async () => {
  const { id } = await waiting()
  const read = (body: object) => answerOf(post(`/v1/review/${id}/read`, body), 200, readRegionSchema)
  const all = await read({ page: 1, box: [0, 0, 1, 1], field: '/date' })
  expect(all.text.split('\n').length).toBeGreaterThan(5)
  expect(all.value).toMatch(/^\d{4}-\d\d-\d\d$/)
  const nothing = await read({ page: 1, box: [0, 0, 0.02, 0.005] })
  expect(nothing).toEqual({ text: '', value: null })
})

test.each([
  ['a hostile pointer', 'corrections', { changes: [{ field: '/__proto__/x', value: 1 }] }, 'E_UNSAFE_KEY'],
  ['a hostile pointer to check', 'check', { changes: [{ field: '/constructor', value: 1 }] }, 'E_UNSAFE_KEY'],
  ['an unknown field', 'corrections', { changes: [{ field: '/rate', value: 1 }] }, 'E_BAD_REQUEST'],
  ['no pointer', 'corrections', { changes: [{ field: 'total', value: 1 }] }, 'E_BAD_REQUEST'],
  ['no changes', 'corrections', { changes: [] }, 'E_BAD_REQUEST'],
  ['an object for a value', 'corrections', { changes: [{ field: '/total', value: {} }] }, 'E_BAD_REQUEST'],
  [
    'a record that is not there',
    'corrections',
    { changes: [{ field: '/items/9', value: null }] },
    'E_BAD_REQUEST',
  ],
  [
    '10,000 changes',
    'corrections',
    { changes: Array.from({ length: 10_000 }, () => ({ field: '/total', value: 1 })) },
    'E_BAD_REQUEST',
  ],
  ['a region outside of the page', 'read', { page: 1, box: [1.2, 0, 1.4, 1] }, 'E_BAD_REQUEST'],
  ['an empty region', 'read', { page: 1, box: [0.5, 0.5, 0.5, 0.6] }, 'E_BAD_REQUEST'],
  ['a region of another page', 'read', { page: 2, box: [0, 0, 1, 1] }, 'E_BAD_REQUEST'],
  ['a region for an unknown field', 'read', { page: 1, box: [0, 0, 1, 1], field: '/rate' }, 'E_BAD_REQUEST'],
  ['a region for a record', 'read', { page: 1, box: [0, 0, 1, 1], field: '/items/0' }, 'E_BAD_REQUEST'],
] as const)('refuses %s', async (_, what, body, code) => {
  const { id } = await waiting()
  expect(await codeOf(post(`/v1/review/${id}/${what}`, { revision: 0, ...body }))).toBe(code)
  expect((await review(id)).corrections).toEqual([])
})

test('a document of another tenant is as unknown as one that never was', async () => {
  const { id } = await waiting()
  const bodies: Readonly<Record<string, unknown>> = {
    check: { changes: [{ field: '/total', value: 1 }] },
    corrections: { changes: [{ field: '/total', value: 1 }], revision: 0 },
    read: { page: 1, box: [0, 0, 1, 1] },
    accept: {},
    reject: {},
    reopen: {},
    skip: {},
  }
  for (const unknown of [id, 'nonsense']) {
    expect(await codeOf(at.send(`/v1/review/${unknown}`, {}, other))).toBe('E_NOT_FOUND')
    expect(await codeOf(at.send(`/v1/jobs/${unknown}/pages/1`, {}, other))).toBe('E_NOT_FOUND')
    for (const [what, body] of Object.entries(bodies))
      expect(await codeOf(post(`/v1/review/${unknown}/${what}`, body, other))).toBe('E_NOT_FOUND')
  }
  expect(await answerOf(at.send('/v1/review', {}, other), 200, reviewQueueSchema)).toEqual({
    items: [],
    total: 0,
  })
  expect((await at.service.store.get(id))!.status).toBe('needs_review')
})

test('whoever only submits reviews nothing', async () => {
  const { id } = await waiting()
  expect(await codeOf(at.send('/v1/review', {}, submitter))).toBe('E_FORBIDDEN')
  expect(await codeOf(post(`/v1/review/${id}/accept`, {}, submitter))).toBe('E_FORBIDDEN')
})

test('a review that somebody else has closed is over for everybody', async () => {
  const { id } = await waiting()
  await answerOf(post(`/v1/review/${id}/reject`, {}, bob), 200, jobSchema)
  const late = await at.send(`/v1/review/${id}`, {}, ann)
  expect(late.status).toBe(409)
  expect(((await late.json()) as { message: string }).message).toContain('rejected by admin of local')
  const changes = [{ field: '/total', value: 1 }]
  expect(await codeOf(post(`/v1/review/${id}/corrections`, { changes, revision: 0 }))).toBe('E_CONFLICT')
  for (const what of ['accept', 'reject', 'skip'])
    expect(await codeOf(post(`/v1/review/${id}/${what}`, {}))).toBe('E_CONFLICT')
})

const three = ['a', 'b', 'c'].map((description) => ({ description, quantity: 1, unitPrice: 3, amount: 3 }))
const firstGone = { changes: [{ field: '/items/0', value: null }], revision: 0 }
const named = async (id: string) =>
  ((await review(id)).row.data as ReturnType<typeof receipt>).items.map(({ description }) => description)

test('a correction that is sent again takes no second record away', async () => {
  const { id } = await waiting({ result: { data: receipt({ items: three }) } })
  const done = await answerOf(post(`/v1/review/${id}/corrections`, firstGone), 200, reviewSchema)
  expect(done.revision).toBe(1)
  const again = await at.send(`/v1/review/${id}/corrections`, json(firstGone), bob)
  expect(again.status).toBe(409)
  expect(((await again.json()) as { message: string }).message).toContain('corrected by reviewer of local')
  expect(await named(id)).toEqual(['b', 'c'])
})

test('of corrections that are sent at the same time, one is recorded', async () => {
  const { id } = await waiting({ result: { data: receipt({ items: three }) } })
  const sent = [ann, bob, ann].map((key) => post(`/v1/review/${id}/corrections`, firstGone, key))
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, 409, 409])
  expect(await named(id)).toEqual(['b', 'c'])
})

test('whoever saw another revision neither checks, nor accepts, nor corrects', async () => {
  const { id } = await waiting({ result: { data: receipt({ items: three }) } })
  await answerOf(post(`/v1/review/${id}/corrections`, firstGone, bob), 200, reviewSchema)
  const changes = [{ field: '/total', value: 6 }]
  for (const what of ['check', 'corrections', 'accept', 'reject'])
    expect(await codeOf(post(`/v1/review/${id}/${what}`, { changes, revision: 0 }))).toBe('E_CONFLICT')
  expect(await codeOf(post(`/v1/review/${id}/corrections`, { changes }))).toBe('E_BAD_REQUEST')
  await answerOf(post(`/v1/review/${id}/accept`, { revision: 1 }), 200, jobSchema)
})

test('a review also ends without a word of a revision', async () => {
  const bare = { method: 'POST' }
  for (const [what, status] of [
    ['accept', 'reviewed'],
    ['reject', 'rejected'],
  ] as const) {
    const { id } = await waiting()
    const job = await answerOf(at.send(`/v1/review/${id}/${what}`, bare, ann), 200, jobSchema)
    expect(job.status).toBe(status)
  }
})

test('a rejected document says why, in its result, its export and its history, until it is reopened', async () => {
  const { id } = await waiting({ batch: 'said' })
  const rejection = { reason: 'duplicate', note: 'See =A1.' }
  expect(await codeOf(post(`/v1/review/${id}/reject`, { reason: 'bored' }))).toBe('E_BAD_REQUEST')
  expect(await answerOf(post(`/v1/review/${id}/reject`, rejection), 200, jobSchema)).toMatchObject({
    rejection,
  })
  const result = () => answerOf(at.send(`/v1/jobs/${id}/result`, {}, submitter), 200, resultAnswerSchema)
  expect(await result()).toMatchObject({
    rejection,
    reason: 'rejected by reviewer of local: duplicate, See =A1.',
  })
  const exported = await at.send('/v1/exports?batch=said', {}, submitter)
  expect(JSON.parse(await exported.text())).toMatchObject({ rejection })
  expect(await codeOf(post(`/v1/review/${id}/reopen`, {}, submitter))).toBe('E_FORBIDDEN')
  const job = await answerOf(post(`/v1/review/${id}/reopen`, {}, bob), 200, jobSchema)
  expect(job).toMatchObject({ status: 'needs_review', rejection: null, reviewedBy: null })
  expect(await result()).not.toHaveProperty('rejection')
  expect((await review(id)).decisions).toMatchObject([
    { kind: 'rejected', by: 'reviewer of local', rejection },
    { kind: 'reopened', by: 'admin of local' },
  ])
  expect(await codeOf(post(`/v1/review/${id}/reopen`, {}))).toBe('E_CONFLICT')
})

test('any document can be looked at, and an accepted one reopened', async () => {
  const { id } = await waiting({ status: 'accepted', result: { verdict: 'accepted', flags: [] } })
  const look = (job: string, key = submitter) => at.send(`/v1/jobs/${job}/document`, {}, key)
  const accepted = await answerOf(look(id), 200, documentSchema)
  expect(accepted).toMatchObject({ job: { status: 'accepted' }, row: { data: receipt() }, decisions: [] })
  expect([accepted.pages.length, accepted.form.length]).toEqual([1, 15])
  await answerOf(post(`/v1/review/${id}/reopen`, {}), 200, jobSchema)
  expect((await answerOf(look(id), 200, documentSchema)).row).toMatchObject({
    verdict: 'needs_review',
    reason: 'reopened by reviewer of local',
  })
  const { id: text } = await waiting({
    status: 'failed',
    bytes: new TextEncoder().encode('Dear Sir or Madam'),
  })
  expect(await answerOf(look(text), 200, documentSchema)).toMatchObject({
    job: { status: 'failed' },
    pages: [],
  })
  expect(await codeOf(look(id, other))).toBe('E_NOT_FOUND')
})

test('a document that somebody else holds is theirs to correct and to end', async () => {
  const tenant = 'held'
  const { id } = await seed(at.service, { tenant })
  const [eve, fay] = [await at.key('reviewer', tenant), await at.key('admin', tenant)]
  await answerOf(post('/v1/review/next', {}, eve), 200, nextReviewSchema)
  const changes = { changes: [{ field: '/total', value: 9.04 }], revision: 0 }
  for (const what of ['corrections', 'accept', 'reject'])
    expect(await codeOf(post(`/v1/review/${id}/${what}`, changes, fay))).toBe('E_CONFLICT')
  await answerOf(post(`/v1/review/${id}/corrections`, changes, eve), 200, reviewSchema)
  await answerOf(post(`/v1/review/${id}/accept`, { revision: 1 }, eve), 200, jobSchema)
})

test('a sum that fails asks for every part of it, and never keeps a document from being saved', async () => {
  const fields = ['/items/0/amount', '/subtotal', '/tip', '/total'] as const
  const flags = [{ code: 'LINES_MISMATCH', field: '/items' as const, fields, message: 'They differ.' }]
  const { id } = await waiting({ result: { data: receipt({ subtotal: 8 }), flags } })
  expect(new Set((await review(id)).uncertain)).toEqual(
    new Set(['/items', '/items/0/amount', '/subtotal', '/total']),
  )
  const changes = [{ field: '/total', value: 12 }]
  const { flags: still, problem } = await answerOf(
    post(`/v1/review/${id}/check`, { changes }),
    200,
    checkedSchema,
  )
  expect([problem, still.map(({ code }) => code)]).toEqual([null, ['TOTAL_MISMATCH', 'LINES_MISMATCH']])
  expect(still.map((flag) => flag.fields?.includes('/subtotal'))).toEqual([true, true])
  await answerOf(post(`/v1/review/${id}/corrections`, { changes, revision: 0 }), 200, reviewSchema)
  await answerOf(post(`/v1/review/${id}/accept`, {}), 200, jobSchema)
})

test('item lines are put in order, and those that say nothing are gone once it is saved', async () => {
  const { id } = await waiting({
    result: {
      data: receipt({
        items: [...three, { description: null, quantity: null, unitPrice: null, amount: null }],
      }),
    },
  })
  const changes = [
    { field: '/items/1/amount', value: 4 },
    { field: '/items/-', value: '2 0 3 1' },
  ]
  const saved = await answerOf(
    post(`/v1/review/${id}/corrections`, { changes, revision: 0 }),
    200,
    reviewSchema,
  )
  expect((saved.row.data as ReturnType<typeof receipt>).items).toEqual([
    three[2],
    three[0],
    { ...three[1], amount: 4 },
  ])
  expect(saved.corrections.map(({ field }) => field)).toEqual(['/items/1/amount', '/items/-', '/items/2'])
  const { id: untouched } = await waiting({
    result: {
      data: receipt({ items: [{ description: null, quantity: null, unitPrice: null, amount: null }] }),
    },
  })
  await answerOf(post(`/v1/review/${untouched}/accept`, {}), 200, jobSchema)
  const { data } = await answerOf(
    at.send(`/v1/jobs/${untouched}/result`, {}, submitter),
    200,
    resultAnswerSchema,
  )
  expect(data).toEqual(receipt({ items: [] }))
})

test('what the type requires must be filled in before a document is accepted', async () => {
  const flags = [{ code: 'REQUIRED_MISSING', field: '/date' as const, message: 'It is required.' }]
  const { id } = await waiting({ result: { data: receipt({ date: null }), flags } })
  expect(await codeOf(post(`/v1/review/${id}/accept`, {}))).toBe('E_CONFLICT')
})

test.each(['0', '2', '99999999', 'x', '1.5'])('there is no page %s', async (page) => {
  const { id } = await waiting()
  expect(['E_NOT_FOUND', 'E_BAD_REQUEST']).toContain(
    await codeOf(at.send(`/v1/jobs/${id}/pages/${page}`, {}, ann)),
  )
})

test('a file that is no picture has no pages to show', async () => {
  const { id } = await waiting({ bytes: new TextEncoder().encode('Dear Sir or Madam, I am a text file.') })
  expect(await codeOf(at.send(`/v1/jobs/${id}/pages/1`, {}, ann))).toBe('E_NOT_IMAGE')
})
