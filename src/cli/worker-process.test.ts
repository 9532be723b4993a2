import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfig, type Config } from '../config.ts'
import { processesIn } from './command.case.ts'
import { givingUp, type RestartPolicy } from './restart-policy.ts'
import { mayMount, openSmallDisk } from './small-disk.case.ts'
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
  await using worker = startWorkerProcess(config, givingUp, (trouble) => troubles.push(trouble))
  await expect(worker.lost).rejects.toMatchObject({
    code: 'E_INTERNAL',
    message: expect.stringMatching(/keeps stopping: .*not a Parallax ledger/),
  })
  expect(troubles).toEqual([expect.stringContaining('not a Parallax ledger')])
  const log = join(config.home, 'worker.log')
  expect(await readFile(log, 'utf8')).not.toMatch(/^\s+at /m)
  expect((await stat(log)).mode & 0o777).toBe(0o600)
})

/** Starts again at once, and takes little for steady. */
const eager: RestartPolicy = { waitMs: () => 10, quickMs: 10_000, steadyMs: 2_500 }

const homeOf = async (pid: number): Promise<string | undefined> =>
  /PARALLAX_HOME=([^\0]*)/.exec(await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''))?.[1]

/** The worker of this test, once there is one that was not killed before. */
async function workerBut(killed: readonly number[]): Promise<number> {
  for (;;) {
    for (const { pid, command } of await processesIn(process.cwd()))
      if (
        command.includes('workers/documents') &&
        !killed.includes(pid) &&
        (await homeOf(pid)) === config.home
      )
        return pid
    await delay(20)
  }
}

test('a worker that is killed again and again is started again, told once, and steady in the end', async () => {
  const troubles: string[] = []
  await using worker = startWorkerProcess(config, eager, (trouble) => troubles.push(trouble))
  const killed: number[] = []
  for (let i = 0; i < 8; i++) {
    const pid = await workerBut(killed)
    process.kill(pid, 'SIGKILL')
    killed.push(pid)
  }
  await workerBut(killed)
  expect(worker.state()).toMatchObject({ state: 'running', restarts: 8, reason: 'it was killed (SIGKILL)' })
  while (worker.state().reason !== null) await delay(20)
  expect(troubles).toEqual([
    'The worker has ended and is started again: it was killed (SIGKILL).',
    expect.stringMatching(/^The worker runs steadily again, since 20\d\d-.*Z\.$/),
  ])
})

test.skipIf(!mayMount)('a full disk is told, and over as soon as there is room', async () => {
  using disk = openSmallDisk(32)
  disk.fill()
  const troubles: string[] = []
  const tell = (trouble: string): void => void troubles.push(trouble)
  await using worker = startWorkerProcess({ ...config, home: disk.folder }, eager, tell)
  while (worker.state().restarts < 2) await delay(20)
  expect(troubles).toEqual([expect.stringMatching(/disk is full.*\(exit code 1\)/)])
  disk.free()
  while (worker.state().reason !== null) await delay(20)
  expect(troubles.at(-1)).toContain('steadily again')
})
