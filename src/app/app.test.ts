import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { openExtraction } from './extraction.ts'
import { openJobs } from './jobs.ts'
import { openWorker } from './worker.ts'
import { readConfig, type Config } from '../config.ts'
import type { Job } from '../core/jobs.ts'
import { nativeTesseractVersion } from '../ocr/engines/tesseract.ts'
import { describe, type Description } from '../service/types/describe.ts'
import { submit } from '../service/submitting/submit.ts'

vi.setConfig({ testTimeout: 120_000 })

const page = fileURLToPath(new URL('../../samples/receipt/sg-ticket-skew-34/page.jpg', import.meta.url))

async function describeFor(config: Config): Promise<Description> {
  await using extraction = openExtraction(config)
  return await describe(extraction.reader.run, { spec: 'receipt', cwd: '/', ocr: config.ocr })
}

/** Submits the page for the engine of a configuration; `engines` may promise others. */
async function submitFor(config: Config, position: number, engines?: string): Promise<Job> {
  const { type, pipeline } = await describeFor(config)
  await using jobs = await openJobs(config, engines ?? pipeline)
  await jobs.store.openBatch('b')
  const bytes = await readFile(page)
  const document = {
    tenant: 'local',
    batchId: 'b',
    position,
    file: page,
    bytes,
    type,
    route: 'modular',
    templates: null,
    force: '',
  } as const
  return await submit(jobs.submitter, document)
}

test.skipIf((await nativeTesseractVersion()) === null)(
  'a worker reads with the engine that the work was submitted for, and leaves what is for another alone',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'parallax-app-'))
    const own = readConfig({ PARALLAX_HOME: home, PARALLAX_OCR: 'tesseract', PARALLAX_CONCURRENCY: '1' })
    const other = { ...own, ocr: 'tesseract-js' }
    try {
      await using jobs = await openJobs(own, '')
      const foreign = await submitFor(other, 0, 'tesseract-js@0+rules@0')
      const job = await submitFor(other, 1)
      const troubles: unknown[] = []
      {
        await using _ = await openWorker({ ...own, childEnv: readConfig().childEnv }, (t) => troubles.push(t))
        while ((await jobs.store.result(job.key)) === null || troubles.length === 0) await delay(50)
      }
      const [attempt] = (await jobs.store.result(job.key))!.attempts
      expect(attempt!.model).toMatch(/^tesseract-js@/)
      expect((await jobs.store.get(foreign.id))!.status).toBe('queued')
      expect(await jobs.store.result(foreign.key)).toBeNull()
      expect(troubles[0]).toMatchObject({
        code: 'E_NOT_READY',
        message: expect.stringContaining('tesseract-js@0+rules@0'),
      })
    } finally {
      await rm(home, { recursive: true })
    }
  },
)
