import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createConcurrencyLimiter } from '../compute/concurrency-limiter.ts'
import { resultAnswerSchema } from '../contract/jobs.ts'
import { sampleWork } from '../stores/samples.case.ts'
import { seed } from './review.case.ts'
import { answerOf, codeOf, formOf, openTestService, samplePage, type TestService } from './service.case.ts'
import type { Service } from './service.ts'

const narrow = { atOnce: 1, atOnceEach: 1, waiting: 1, waitingEach: 1, refusal: 'Later.' }

/** Work that lasts until it is let go. */
function lasting() {
  let end = (): void => {}
  const work = new Promise<void>((resolve) => (end = resolve))
  return { work: () => work, end }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(5)
}

const isFull = ({ service: { limiter: limiter } }: TestService): boolean => {
  try {
    limiter.requireRoom('local')
    return false
  } catch {
    return true
  }
}

test('pictures wait in a short queue without their bytes, and leave it with who asked', async () => {
  const loaded: string[] = []
  const counted = ({ blobs }: Service): Partial<Service> => ({
    limiter: createConcurrencyLimiter(narrow),
    blobs: { ...blobs, get: (hash) => (loaded.push(hash), blobs.get(hash)) },
  })
  await using at = await openTestService({ change: counted })
  const job = await seed(at.service)
  const page = `/v1/jobs/${job.id}/pages/1`
  const { work, end } = lasting()
  const inHand = at.service.limiter.run('local', work)

  const gone = new AbortController()
  const same = [1, 2].map(() => at.send(page, { signal: gone.signal }))
  await until(() => isFull(at))
  const refused = await at.send(`/v1/jobs/${job.id}/pages/2`)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await codeOf(Promise.resolve(refused))).toBe('E_BUSY')
  const region = { page: 1, box: [0, 0, 1, 1] }
  const headers = { 'content-type': 'application/json' }
  const read = { method: 'POST', headers, body: JSON.stringify(region) }
  expect(await codeOf(at.send(`/v1/review/${job.id}/read`, read))).toBe('E_BUSY')
  gone.abort()
  expect((await Promise.allSettled(same)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await until(() => !isFull(at))
  expect(loaded).toEqual([])

  const waiting = [1, 2].map(() => at.send(page))
  await until(() => isFull(at))
  end()
  await inHand
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200])
  expect((await at.send(page)).status).toBe(200)
  expect(loaded).toHaveLength(1)
})

test('so many reportLimiter are made at a time', async () => {
  const reportLimiter = createConcurrencyLimiter({ ...narrow, waiting: 0 })
  await using at = await openTestService({ change: () => ({ reportLimiter: reportLimiter }) })
  const { batchId } = await seed(at.service)
  const { work, end } = lasting()
  const inHand = reportLimiter.run('local', work)
  expect(await codeOf(at.send(`/v1/batches/${batchId}/report`))).toBe('E_BUSY')
  end()
  await inHand
  expect((await at.send(`/v1/batches/${batchId}/report`)).status).toBe(200)
})

/** Begins to send a document, and goes on no further. */
function beginUpload({ url }: TestService): Socket {
  const { hostname, port, host } = new URL(url)
  const head = [
    'POST /v1/extract HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Length: 900000',
  ]
  const part = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
  const socket = connect(Number(port), hostname)
  socket.write(`${head.join('\r\n')}\r\n\r\n${part}${'a'.repeat(400_000)}`)
  return socket
}

const document = async (): Promise<RequestInit> => {
  const bytes = await readFile(samplePage('my-supermarket-crumpled-06'))
  const form = formOf({ type: 'receipt', route: 'modular' }, { name: 'a.jpg', bytes })
  return { method: 'POST', body: form }
}

const uploads = (at: TestService): Promise<string[]> => readdir(join(at.home, 'uploads'))

test('documents that do not come in keep nobody out, and are waited for no longer than others like', async () => {
  await using at = await openTestService()
  const sockets = Array.from({ length: 4 }, () => beginUpload(at))
  await until(async () => (await uploads(at)).length === 4)
  expect((await at.send('/v1/extract', await document())).status).toBe(200)
  sockets.forEach((socket) => socket.destroy())
  await until(async () => (await uploads(at)).length === 0)

  const hurried = ({ limits }: Service) => ({ limits: { ...limits, receiveMs: 50 } })
  await using hasty = await openTestService({ change: hurried })
  expect(await text(beginUpload(hasty))).toMatch(/^HTTP\/1.1 400 .*"code":"E_BAD_REQUEST"/s)
  await until(async () => (await uploads(hasty)).length === 0)
})

test('a tenant has documents read at once in half of the places', async () => {
  const { work, end } = lasting()
  let reading = 0
  const slow = ({ reader, limits }: Service): Partial<Service> => ({
    limits: { ...limits, extractions: 2 },
    reader: {
      ...reader,
      run: async (...task) => {
        if (reading++ === 0) await work()
        return reader.run(...task)
      },
    },
  })
  await using at = await openTestService({ change: slow })
  const [mine, theirs] = [await at.key('submitter', 'a'), await at.key('submitter', 'b')]
  const first = at.send('/v1/extract', await document(), mine)
  await until(() => reading > 0)
  expect(await codeOf(at.send('/v1/extract', await document(), mine))).toBe('E_BUSY')
  expect((await at.send('/v1/extract', await document(), theirs)).status).toBe(200)
  end()
  await answerOf(first, 200, resultAnswerSchema)
  await answerOf(at.send('/v1/extract', await document(), mine), 200, resultAnswerSchema)
})

test('wrong keys count together at whatever door they are shown, and good ones are never slowed', async () => {
  await using at = await openTestService({ env: { PARALLAX_RATE: '8' } })
  const good = await at.key('submitter', 'a')
  const signIn = (key: string, more = {}) => {
    const headers = { 'content-type': 'application/json', ...more }
    return at.send('/v1/session', { method: 'POST', headers, body: JSON.stringify({ key }) })
  }
  const doors = [
    (key: string, more = {}) => at.send('/v1/jobs', { headers: more }, key),
    (key: string, more = {}) => at.send('/v1/jobs', { headers: { 'x-api-key': key, ...more } }),
    (key: string, more = {}) => at.send('/v1/jobs', { headers: { cookie: `parallax=${key}`, ...more } }),
    signIn,
  ]
  const guesses = [0, 1].flatMap((n) => doors.map((door, i) => door(`plx_${n}${i}`)))
  expect(await Promise.all(guesses.map(codeOf))).toEqual(Array(8).fill('E_AUTH'))
  for (const [i, door] of doors.entries()) {
    const refused = await door('plx_again', {
      'x-forwarded-for': `10.0.0.${i}`,
      forwarded: `for=10.0.0.${i}`,
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(5)
    expect(await codeOf(Promise.resolve(refused))).toBe('E_BUSY')
    expect((await door(good)).status).toBe(200)
  }
})

/** Asks for something, and never reads the answer. */
async function deafTo({ url }: TestService, path: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname).pause()
  await once(socket, 'connect')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  return socket
}

test('listeners that never read keep nobody else from hearing', async () => {
  await using at = await openTestService()
  const { store } = at.service
  const job = await seed(at.service, { batch: 'heard' })
  const waiting = await store.submit('heard', 1, 'b.jpg', sampleWork('waits'))
  const asked = ['batches/heard/events', 'exports?batch=heard', `jobs/${job.id}/pages/1`, 'types']
  const deaf = await Promise.all(
    Array.from({ length: 40 }, (_, i) => deafTo(at, `/v1/${asked[i % asked.length]!}`)),
  )
  const events = await at.send('/v1/batches/heard/events')
  await store.cancel(waiting.id)
  expect(await events.text()).toMatch(/event: progress.*event: finished/s)
  for (const path of asked) expect((await at.send(`/v1/${path}`)).status).toBe(200)
  deaf.forEach((socket) => socket.destroy())
})
