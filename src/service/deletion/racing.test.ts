import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { builtChild } from '../../compute/built-child.case.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { seeded } from '../../stores/random.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { deleteJob } from './delete.ts'
import { testRecords } from './records.case.ts'
import { submit } from '../submitting/submit.ts'

let home: string
let store: JobStore
let blobs: BlobStore
const opened = testRecords()
beforeEach(() => {
  ;({ home, store, blobs } = opened)
})

const contents = ['one', 'two', 'three']

function submitOne(position: number, text: string): Promise<Job> {
  const engines = { ocr: 'tesseract', vlm: 'onnx', pipeline: 'p' }
  return submit(
    { store, blobs, wake: () => {}, ...engines },
    {
      ...{ tenant: 'local', batchId: 'b', position, file: `${position}.jpg` },
      ...{ bytes: new TextEncoder().encode(text), type: { name: 'receipt', file: null, hash: 'h' } },
      ...{ route: 'auto', templates: null, force: '' },
    },
  )
}

const isStored = async ({ key }: Job): Promise<boolean> =>
  (await blobs.get((await store.work(key))!.blob)) !== null

/** Processes that sweep as long as `use` takes. */
async function amidSweeping(count: number, use: () => Promise<void>): Promise<void> {
  const args = [builtChild(join(import.meta.dirname, 'sweeping.child.ts')), home]
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }),
  )
  try {
    for (const { stdout } of children) await once(stdout, 'data')
    await use()
    expect(children.map(({ exitCode }) => exitCode)).toEqual(children.map(() => null))
  } finally {
    for (const child of children) if (child.kill('SIGKILL')) await once(child, 'exit')
  }
}

test('the same bytes, submitted and deleted again and again while others sweep, are there for whoever needs them', async () => {
  const random = seeded(11)
  const jobs = new Map<number, Job>()
  await submitOne(1000, 'always there')
  await amidSweeping(2, async () => {
    for (let round = 0; round < 150; round++) {
      const text = contents[Math.floor(random() * contents.length)]!
      const job = await submitOne(round, text)
      jobs.set(round, job)
      expect(await isStored(job)).toBe(true)
      for (const [place, { id }] of jobs)
        if (random() < 0.5) {
          await deleteJob({ store, blobs }, id)
          jobs.delete(place)
        }
      for (const one of jobs.values()) expect(await isStored(one)).toBe(true)
    }
  })
}, 120_000)

test('a data folder that was copied while it was written to is opened, or said to be no use in one sentence', async () => {
  let isOver = false
  const writing = (async () => {
    for (let n = 0; !isOver; n++) {
      const job = await submitOne(n, `document ${n}`)
      if (n % 3 === 1) await deleteJob({ store, blobs }, job.id)
      await turn()
    }
  })()
  for (let n = 0; n < 5; n++) {
    const copy = join(home, '..', `${home.split('/').at(-1)}-copy-${n}`)
    await cp(home, copy, { recursive: true }).catch(() => {}) // Some of it may go while it is copied.
    try {
      await lookAt(copy)
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  }
  isOver = true
  await writing
}, 60_000)

async function lookAt(copy: string): Promise<void> {
  try {
    const copied = await openSqliteLedger(join(copy, 'ledger.sqlite'))
    try {
      for (const { status } of await copied.list({ limit: 10_000 })) expect(status).toBe('queued')
      await copied.counts()
    } finally {
      await copied.close()
    }
  } catch (error) {
    expect(error).toBeInstanceOf(ParallaxError)
    expect(error).toMatchObject({
      code: 'E_STORAGE',
      message: expect.stringMatching(/^The job ledger .*\.$/),
    })
  }
}
