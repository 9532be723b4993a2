import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { readinessSchema } from '../contract/common.ts'
import { acceptedBatchSchema } from '../contract/jobs.ts'
import { answerOf, codeOf, formOf, openTestService, samplePage, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 120_000 })

const page = await readFile(samplePage('gb-fuel-scan-14'))

/** A form with so many documents, each with bytes of its own. */
const pile = (tenant: string, count: number, fields = {}): FormData =>
  formOf(
    { route: 'modular', ...fields },
    ...Array.from({ length: count }, (_, i) => ({
      name: `${tenant}-${i}.jpg`,
      bytes: Buffer.concat([page, Buffer.from(`${tenant} ${i}`)]),
    })),
  )

const submit = async ({ send }: TestService, key: string, body: FormData) =>
  (await answerOf(send('/v1/batches', { method: 'POST', body }, key), 202, acceptedBatchSchema)).jobs

/** Names of files in the order in which they were read. */
async function orderOf({ service: { store } }: TestService): Promise<readonly string[]> {
  const jobs = await store.list({})
  return [...jobs].sort((a, b) => a.updatedAt.localeCompare(b.updatedAt)).map(({ file }) => file)
}

async function untilRead({ service: { store } }: TestService): Promise<void> {
  for (;;) {
    const { queued, running, reprocessing } = await store.counts()
    if (queued + running + reprocessing === 0) return
    await delay(50)
  }
}

test("a tenant's one document waits for few of another's pile, and what a person waits for is read first", async () => {
  await using at = await openTestService()
  const [many, one] = [await at.key('submitter', 'many'), await at.key('submitter', 'one')]
  await submit(at, many, pile('many', 14))
  await using worker = await at.work()
  void worker
  while (
    (await at.service.store.counts()).accepted === 0 &&
    (await at.service.store.counts()).needs_review === 0
  )
    await delay(20)
  await submit(at, one, pile('one', 1))
  await submit(at, many, pile('urgent', 1, { priority: 'high' }))
  await untilRead(at)
  const order = await orderOf(at)
  expect(order).toHaveLength(16)
  expect(order.slice(0, 9)).toContain('one-0.jpg')
  expect(order.slice(0, 11)).toContain('urgent-0.jpg')
})

test('a tenant whose documents wait leaves room to the others', async () => {
  await using at = await openTestService({
    env: { PARALLAX_MAX_QUEUED: '8', PARALLAX_MAX_QUEUED_TENANT: '5' },
  })
  const [many, one] = [await at.key('submitter', 'many'), await at.key('submitter', 'one')]
  const post = (key: string, body: FormData) => at.send('/v1/batches', { method: 'POST', body }, key)
  expect(await codeOf(post(many, pile('many', 6)))).toBe('E_BUSY')
  expect(await at.service.store.list({})).toEqual([])
  await submit(at, many, pile('many', 5))
  expect(await codeOf(post(many, pile('more', 1)))).toBe('E_BUSY')
  await submit(at, one, pile('one', 3))
  expect(await codeOf(post(one, pile('other', 1)))).toBe('E_BUSY')
  const ready = await answerOf(at.send('/v1/ready'), 503, readinessSchema)
  expect(ready.checks.queue).toEqual({
    ok: false,
    message: expect.stringContaining('Too many documents wait'),
  })
})
