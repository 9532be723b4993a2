import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import type { Job, StoredResult } from '../core/jobs.ts'
import { loadType } from '../document-types/load.ts'
import { fileBlobs } from '../stores/file-blobs.ts'
import { sampleResult, sampleWork } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'
import { query } from './ledger.case.ts'

const { ref: type } = await loadType('receipt', '/')
const data = {
  merchant: { name: '=HYPERLINK("x")', address: null, phone: null },
  date: '2018-03-02',
  time: null,
  currency: 'MYR',
  items: null,
  subtotal: null,
  discount: null,
  serviceCharge: null,
  taxes: null,
  tax: null,
  rounding: null,
  tip: null,
  total: 9,
}

let place: Workplace
const jobs: Record<string, Job> = {}
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.home, { recursive: true })
  const store = await openSqliteLedger(join(place.home, 'ledger.sqlite'))
  const blobs = fileBlobs(join(place.home, 'blobs'))
  await store.openBatch('b')
  let position = 0
  async function add(
    name: string,
    file: string,
    status: 'accepted' | 'reviewed',
    changes: Partial<StoredResult> = {},
  ) {
    const blob = await blobs.put(await readFile(file))
    const job = await store.submit('b', position++, `scans/${name}`, sampleWork(name, { type, blob }))
    const lease = (await store.lease(job.key))!
    const ended = status === 'accepted' ? 'accepted' : 'needs_review'
    await store.finish(job.key, lease.token, ended, sampleResult({ data, verdict: ended, ...changes }))
    if (status === 'reviewed') {
      const change = { jobId: job.id, field: '/total' as const, before: 9, after: 12.5, by: 'ann' }
      await store.correct([{ ...change, at: '2024-01-01T00:00:00.000Z' }])
      await store.closeReview(job.id, { status: 'reviewed', by: 'ann' })
    }
    jobs[name] = job
  }
  const total = sampleResult().fields['/total']!
  const onPage2 = { '/total': { ...total, source: { ...total.source!, page: 2 } } }
  const drawn = [{ code: 'AUDIT', field: null, message: 'It was drawn.' }]
  await add('photo.jpg', sample('sg-taxi-scan-08'), 'reviewed')
  await add('drawn.png', sample('us-taxi-fax-33', 'page.png'), 'reviewed', { flags: drawn })
  await add('pages.tif', sample('my-invoice-pages-05', 'page.tif'), 'reviewed', { fields: onPage2 })
  await add('mail.pdf', sample('in-invoice-pdf-24', 'page.pdf'), 'reviewed')
  await add('sure.jpg', sample('my-cafe-phone-04'), 'accepted')
  await store.close()
})
afterAll(() => place[Symbol.asyncDispose]())

const idOf = (name: string) => jobs[name]!.id
const pairsIn = async (folder: string) =>
  (await readFile(place.path(folder, 'metadata.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { file_name: string; ground_truth: string; source: string; page: number | null },
    )
const truthOf = ({ ground_truth }: { ground_truth: string }) =>
  (JSON.parse(ground_truth) as { gt_parse: { total: number | null } }).gt_parse

test('reviewed documents become pairs of a picture and what is true', async () => {
  const { stdout, stderr, code } = await place.run(['export', '--out', 'pairs'])
  expect([stderr, stdout, code]).toEqual(['', '4 documents exported to pairs.\n', 0])
  const pairs = await pairsIn('pairs')
  expect(pairs.map(({ file_name, source, page }) => [file_name, source, page])).toEqual([
    [`${idOf('photo.jpg')}.jpg`, 'review', null],
    [`${idOf('drawn.png')}.png`, 'audit', null],
    [`${idOf('pages.tif')}-2.jpg`, 'review', 2],
    [`${idOf('mail.pdf')}.jpg`, 'review', null],
  ])
  expect(truthOf(pairs[0]!)).toEqual({ ...data, total: 12.5 })
  expect(truthOf(pairs[2]!)).toMatchObject({ total: 12.5 })
  for (const { file_name } of pairs)
    expect((await sharp(place.path('pairs', file_name)).metadata()).width).toBeGreaterThan(300)
  const original = await readFile(sample('sg-taxi-scan-08'))
  expect(original.equals(await readFile(place.path('pairs', pairs[0]!.file_name)))).toBe(true)
  const table = (await readFile(place.path('pairs', 'rows.csv'), 'utf8')).trimEnd().split('\n')
  expect(table).toHaveLength(5)
  expect(table[1]).toMatch(/^"scans\/photo\.jpg","accepted",,,"'=HYPERLINK/)
  expect((await readdir(place.path('pairs'))).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('accepted ones are there only when asked for, and told apart', async () => {
  await place.run(['export', '--out', 'all', '--all', '--type', 'receipt'])
  expect((await pairsIn('all')).map(({ source }) => source).sort()).toEqual([
    'accepted',
    'audit',
    'review',
    'review',
    'review',
  ])
})

test('what is true, for the metrics, with drawn documents apart', async () => {
  const { code } = await place.run(['export', '--truth', '--out', 'truths'])
  expect(code).toBe(0)
  expect((await readdir(place.path('truths'))).sort()).toEqual(['audit', 'review'])
  const results = resultsOf(await readFile(place.path('truths', 'audit', 'rows.jsonl'), 'utf8'))
  expect(results).toMatchObject([{ verdict: 'accepted', flags: [], data: { total: 9 } }])
  const args = ['--truth', place.path('truths', 'audit', 'truth'), '--json']
  const score = await place.run(['score', place.path('truths', 'audit', 'rows.jsonl'), ...args])
  expect(score.stderr).toBe('')
  expect(JSON.parse(score.stdout)).toMatchObject({ rowsWithoutTruth: 0 })
})

test('what cannot be exported is told in one line', async () => {
  const used = await place.run(['export', '--out', 'pairs'])
  expect([used.code, used.stderr]).toEqual([2, expect.stringContaining('pairs is not empty')])
  const missing = await place.run(['export'])
  expect(missing.code).toBe(2)
})

test('documents are deleted by name, by age and by batch, one of them at a time', async () => {
  const ids = () => query<{ id: string }>(place, 'select id from jobs').map(({ id }) => id)
  const refusals: [RegExp, ...string[]][] = [
    [/either jobs, or --batch/, 'delete'],
    [/no job nonsense.*\(E_NOT_FOUND\)/, 'delete', 'nonsense'],
    [/such as 12h, 90d or 4w/, 'delete', '--older-than', 'yesterday'],
  ]
  for (const [words, ...args] of refusals) {
    const { code, stderr } = await place.run(args)
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)])
  }
  expect(ids()).toHaveLength(5)
  const { stdout } = await place.run(['delete', idOf('photo.jpg')])
  expect(stdout).toBe('1 document deleted, with all that came of them.\n')
  expect(ids()).not.toContain(idOf('photo.jpg'))
  expect((await place.run(['delete', '--older-than', '0h'])).stdout).toMatch(/^4 documents/)
  expect(ids()).toEqual([])
  const blobs = await readdir(place.path('home', 'blobs'), { recursive: true, withFileTypes: true })
  expect(blobs.filter((entry) => entry.isFile())).toEqual([])
  expect(existsSync(place.path('home', 'ledger.sqlite'))).toBe(true)
})
