import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfig, type Config } from '../config.ts'
import { impatient } from './restart-policy.ts'
import { startWorkerProcess } from './worker-process.ts'

vi.setConfig({ testTimeout: 120_000 })

let config: Config
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'parallax-worker-'))
  config = { ...readConfig({ PARALLAX_HOME: home }), concurrency: 1 }
})
afterEach(() => rm(config.home, { recursive: true }))

test('why a worker does not start is told once, and is the last line of its log', async () => {
  await writeFile(join(config.home, 'ledger.sqlite'), Buffer.alloc(5000, 'garbage'))
  const troubles: string[] = []
  await using worker = startWorkerProcess(config, impatient, (trouble) => troubles.push(trouble))
  await expect(worker.lost).rejects.toMatchObject({
    code: 'E_INTERNAL',
    message: expect.stringMatching(/keeps stopping: .*not a Parallax ledger/),
  })
  expect(troubles).toEqual([expect.stringContaining('not a Parallax ledger')])
  const log = join(config.home, 'worker.log')
  expect(await readFile(log, 'utf8')).not.toMatch(/^\s+at /m)
  expect((await stat(log)).mode & 0o777).toBe(0o600)
})
