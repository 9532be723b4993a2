import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Ledger } from '../../core/ledger.ts'
import { sampleResult, sampleWork } from '../../stores/samples.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { resultAmongMany } from '../results/result-of-job.ts'
import { watchFolder } from './watched-folder.ts'

let home: string
let folder: string
let store: Ledger
let troubles: string[]
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'watched-'))
  folder = await mkdtemp(join(home, 'in-'))
  store = await openSqliteLedger(join(home, 'ledger.sqlite'))
  troubles = []
})
afterEach(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

const settleMs = 30

/** A watcher that knows nothing of any before it. */
const watcher = () =>
  watchFolder({
    folder,
    settleMs,
    async submit(batchId, file, bytes) {
      await store.openBatch(batchId)
      return store.submit(batchId, 0, file, sampleWork(`${file} ${Buffer.from(bytes).toString()}`))
    },
    find: (id) => store.get(id),
    resultOf: (job) => resultAmongMany(store, job),
    ended: () => {},
    trouble: (file, sentence) => void troubles.push(`${file}: ${sentence}`),
  })

/** Looks until what has settled is taken. */
async function lookTwice({ look }: ReturnType<typeof watcher>): Promise<number> {
  await look()
  await delay(2 * settleMs)
  return look()
}

async function read(key: string, status: 'accepted' | 'failed' = 'accepted'): Promise<void> {
  const lease = await store.lease(key)
  await store.finish(key, lease!.token, status, sampleResult())
}
const put = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text)
const files = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => name.includes('.')).sort()
const jobs = async (): Promise<string[]> =>
  (await store.list({})).map(({ file, status }) => `${file} ${status}`)

test('a document is taken, and put away with its row once it was read', async () => {
  await put('a.pdf', 'one')
  await put('b.pdf', 'two')
  await put('notes.txt', 'no document')
  await put('.hidden.pdf', 'none either')
  const watched = watcher()
  expect(await lookTwice(watched)).toBe(2)
  expect(await jobs()).toEqual(['a.pdf queued', 'b.pdf queued'])
  await read('a.pdf one')
  await read('b.pdf two', 'failed')
  expect(await watched.look()).toBe(0)
  expect(await files()).toEqual([
    '.hidden.pdf',
    ...['done/a.pdf', 'done/a.pdf.json', 'failed/b.pdf', 'failed/b.pdf.json'],
    'notes.txt',
  ])
  expect(JSON.parse(await readFile(join(folder, 'done/a.pdf.json'), 'utf8'))).toMatchObject({ file: 'a.pdf' })
})

test('a file that grows is not taken before it has stopped', async () => {
  await put('a.pdf', 'o')
  const watched = watcher()
  for (let i = 0; i < 4; i++) {
    await watched.look()
    await delay(settleMs + 5)
    await appendFile(join(folder, 'a.pdf'), 'o')
  }
  expect(await jobs()).toEqual([])
  await lookTwice(watched)
  expect(await jobs()).toEqual(['a.pdf queued'])
  expect(await store.result('a.pdf ooooo')).toBeNull()
  expect(await store.work('a.pdf ooooo')).not.toBeNull()
})

test('whoever begins anew takes no file twice, whatever was done of it', async () => {
  await put('a.pdf', 'one')
  await lookTwice(watcher())
  await lookTwice(watcher())
  expect(await jobs()).toEqual(['a.pdf queued'])
  await read('a.pdf one')
  const again = watcher()
  await lookTwice(again)
  await again.look()
  expect(await files()).toEqual(['done/a.pdf', 'done/a.pdf.json'])
  await put('a.pdf', 'one')
  await lookTwice(again)
  await again.look()
  expect(await jobs()).toEqual(['a.pdf accepted'])
  expect(await files()).toEqual(['done/a-2.pdf', 'done/a-2.pdf.json', 'done/a.pdf', 'done/a.pdf.json'])
})

test('what takes the place of a file that was taken is another document', async () => {
  await put('a.pdf', 'one')
  const watched = watcher()
  await lookTwice(watched)
  await put('a.pdf', 'another')
  await read('a.pdf one')
  await lookTwice(watched)
  expect(await jobs()).toEqual(['a.pdf accepted', 'a.pdf queued'])
  expect(await files()).toEqual(['a.pdf'])
})
