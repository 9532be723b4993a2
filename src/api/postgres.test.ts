import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readinessSchema } from '../contract/common.ts'
import { acceptedBatchSchema, batchSchema } from '../contract/jobs.ts'
import { noPostgres, startPostgres, type PostgresServer } from '../stores/postgres-server.case.ts'
import { answerOf, codeOf, formOf, openTestService, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const form = (bytes: string, name = 'a.jpg') => formOf({ type: 'receipt', route: 'modular' }, { name, bytes })
const post = (at: TestService, body: FormData) => at.send('/v1/batches', { method: 'POST', body })

describe.skipIf(noPostgres !== null)(noPostgres ?? 'a service whose ledger is in PostgreSQL', () => {
  let server: PostgresServer
  let at: TestService
  beforeAll(async () => {
    server = await startPostgres()
    await server.sql('create database ledger')
    at = await openTestService({ env: { PARALLAX_DATABASE_URL: server.url('ledger', 'boss:hunter2') } })
  })
  afterAll(async () => {
    await at[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  async function ended(id: string) {
    for (;;) {
      const batch = await answerOf(at.send(`/v1/batches/${id}`), 200, batchSchema)
      if (batch.finished) return batch
      await delay(50)
    }
  }

  test('reads what is submitted, whatever its file is called', async () => {
    await using worker = await at.work()
    void worker
    const { id } = await answerOf(post(at, form('no image', 'a\0b\u{1F9FE}.jpg')), 202, acceptedBatchSchema)
    expect((await ended(id)).counts.failed).toBe(1)
  })

  test('says so while it is away, takes nothing on, and has lost nothing', async () => {
    await using worker = await at.work()
    void worker
    while ((await at.send('/v1/ready')).status !== 200) await delay(50)
    await server.stop('SIGQUIT')
    expect(await codeOf(post(at, form('one')))).toBe('E_STORAGE')
    const refused = await post(at, form('one'))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await refused.text()).not.toMatch(/hunter2|boss|postgres/)
    const { checks } = await answerOf(at.send('/v1/ready'), 503, readinessSchema)
    expect(checks.storage).toEqual({ ok: false, message: 'The storage is away.' })
    await server.start()
    const { id } = await answerOf(post(at, form('one')), 202, acceptedBatchSchema)
    expect((await ended(id)).counts.failed).toBe(1)
    expect(JSON.stringify([at.troubles.map(String), at.log])).not.toContain('hunter2')
  })
})
