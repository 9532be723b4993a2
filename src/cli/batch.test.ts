import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { filled, picture } from '../imaging/test-images.ts'
import {
  filesOf,
  openWorkplace,
  processesIn,
  resultsOf,
  sample,
  type Ended,
  type Workplace,
} from './command.case.ts'
import { jobOf, readings } from './ledger.case.ts'
import { freePort } from '../queue/free-port.case.ts'

const cafe = sample('sg-cafe-skew-09')
const ticket = sample('sg-ticket-skew-34')
const taxi = sample('sg-taxi-scan-08')

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

describe('a data folder in daily use', () => {
  let place: Workplace
  const inputs = ['cafe.jpg', 'scans/notes.txt', 'scans', 'absent.jpg', 'twin.jpg', 'blank.png']
  const files = ['cafe.jpg', 'scans/notes.txt', 'scans/ticket 2.jpg', 'scans/ticket 10.jpg', 'absent.jpg', 'twin.jpg', 'blank.png'] // prettier-ignore
  const batch = (...options: string[]): Promise<Ended> => place.run(['batch', ...inputs, ...options])
  let first: Ended

  beforeAll(async () => {
    place = await openWorkplace()
    await mkdir(place.path('scans'))
    await copyFile(cafe, place.path('cafe.jpg'))
    await copyFile(cafe, place.path('twin.jpg'))
    await copyFile(ticket, place.path('scans', 'ticket 10.jpg'))
    await copyFile(taxi, place.path('scans', 'ticket 2.jpg'))
    await writeFile(place.path('scans', 'notes.txt'), 'not a scan')
    await writeFile(place.path('scans', 'truth.json'), '{}')
    const blank = picture(filled(600, 800, 255))
    await writeFile(place.path('blank.png'), await blank.png().toBuffer())
    first = await batch()
  })
  afterAll(() => place[Symbol.asyncDispose]())
  afterEach(async () => expect(await processesIn(place.folder)).toEqual([]))

  test('says only what went wrong where it is to be quiet', async () => {
    const quiet = await batch('--quiet')
    expect(quiet.stderr).toBe('1 file that is no document was passed over (.json 1).\n')
    expect([quiet.code, filesOf(resultsOf(quiet.stdout))]).toEqual([1, files])
  })

  test('every file has its row, in input order', () => {
    const results = resultsOf(first.stdout)
    expect(filesOf(results)).toEqual(files)
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('7 documents')
    expect(first.stderr).toContain('1 file that is no document was passed over (.json 1).\n')
    expect(results[0]!.data).toMatchObject({ date: '2025-01-03', total: 42.8 })
    expect(results[2]!.data).toMatchObject({ merchant: { name: 'WINFIELD CITY CAB' }, total: 48 })
    expect(results[3]!.data).toMatchObject({ date: '2022-09-08', total: 15.96 })
    expect(results.map((result) => result.error?.code)).toMatchObject({
      1: 'E_NOT_IMAGE',
      4: 'E_NOT_FOUND',
      6: undefined,
    })
    expect(results[6]).toMatchObject({ verdict: 'needs_review' })
  })

  test('identical bytes are read once and have a row for each name', () => {
    const results = resultsOf(first.stdout)
    expect(results[5]).toEqual({ ...results[0], file: 'twin.jpg' })
    expect(readings(place)).toHaveLength(files.length - 1)
  })

  test('the same command reads nothing and writes the same rows', async () => {
    const before = readings(place)
    const again = await batch()
    expect([again.code, again.stdout]).toEqual([first.code, first.stdout])
    expect(again.stderr).toContain('7 of them need no reading')
    expect(readings(place)).toEqual(before)
  })

  test('a file that has come or changed is read, the others are not', async () => {
    await copyFile(ticket, place.path('absent.jpg'))
    await writeFile(place.path('scans', 'notes.txt'), 'still not a scan')
    const before = readings(place)
    const results = resultsOf((await batch()).stdout)
    expect(filesOf(results)).toEqual(files)
    expect(results[4]!.data).toEqual(results[3]!.data)
    expect(readings(place)).toHaveLength(before.length + 1) // The ticket was known already.
    expect(readings(place)).toEqual(expect.arrayContaining(before))
  })

  test('--out and --format; an unwritable output reads nothing', async () => {
    const csv = await batch('--format', 'csv', '--out', 'rows.csv')
    expect([csv.code, csv.stdout]).toEqual([1, ''])
    const lines = (await readFile(place.path('rows.csv'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => line.split(',')[0])).toEqual(['file', ...files].map((name) => `"${name}"`))
    const refused = await place.run(['batch', 'cafe.jpg', '--force', '--out', 'none/rows.csv'])
    expect(refused.stderr).toBe(
      'parallax: none/rows.csv cannot be written: there is no such folder. (E_BAD_REQUEST)\n',
    )
    expect([refused.code, refused.stdout]).toEqual([2, ''])
  })

  test('a reader that closes early leaves nothing running', async () => {
    const { stdout, stderr } = await place.shell(
      'parallax batch cafe.jpg twin.jpg | head -c 12; codes=("${PIPESTATUS[@]}"); echo; echo "${codes[@]}"',
    )
    expect(stdout).toBe('{"version":1\n0 0\n')
    expect(stderr).not.toMatch(/EPIPE|at .*:\d+/)
  })

  test('--force reads anew', async () => {
    const before = readings(place)
    const { stdout, code } = await place.run(['batch', 'cafe.jpg', 'twin.jpg', '--force'])
    expect(filesOf(resultsOf(stdout))).toEqual(['cafe.jpg', 'twin.jpg'])
    expect(code).toBe(0)
    expect(readings(place)).toHaveLength(before.length + 1)
  })

  test('jobs are listed and shown', async () => {
    const { id } = jobOf(place, 'blank.png')
    const [all, failed, shown, json] = await Promise.all([
      place.run(['jobs', 'list']),
      place.run(['jobs', 'list', '--status', 'failed']),
      place.run(['jobs', 'show', id]),
      place.run(['jobs', 'show', id, '--json']),
    ])
    for (const file of files) expect(all.stdout).toContain(file)
    expect(failed.stdout).toContain('notes.txt')
    expect(failed.stdout).not.toContain('blank.png')
    expect(shown.stdout).toContain('E_NO_TEXT')
    expect(resultsOf(JSON.stringify(JSON.parse(json.stdout)))[0]).toMatchObject({ file: 'blank.png' })
    expect([all, failed, shown, json].map((ended) => ended.code)).toEqual([0, 0, 0, 0])
  })

  test('a review corrects, accepts, and shows in the rows from then on', async () => {
    const { id } = jobOf(place, 'blank.png')
    const list = await place.run(['review', 'list'])
    expect(list.stdout).toContain(id)
    for (const wrong of ['/date=yesterday', '/price=3']) {
      const refused = await place.run(['review', 'correct', id, '/total=1', wrong])
      expect(refused.stderr).toMatch(/^parallax: .*\/(date|price).*\(E_BAD_REQUEST\)\n$/)
      expect([refused.code, refused.stdout]).toEqual([2, ''])
    }
    const corrected = await place.run([
      'review',
      'correct',
      id,
      '/total=12.50',
      '/merchant/name=Blank & Sons',
      '/date=2024-02-29',
      '--by',
      'ann',
    ])
    expect([corrected.stderr, corrected.code]).toEqual(['', 0])
    expect((await place.run(['review', 'show', id])).stdout).toMatch(/12\.5.*corrected/)
    expect((await place.run(['review', 'accept', id, '--by', 'bob'])).code).toBe(0)
    expect(jobOf(place, 'blank.png').status).toBe('reviewed')
    const result = resultsOf((await batch()).stdout).at(-1)!
    expect(result).toMatchObject({ verdict: 'accepted', reason: 'reviewed by bob', flags: [] })
    expect(result.data).toMatchObject({ total: 12.5, date: '2024-02-29', merchant: { name: 'Blank & Sons' } })
    expect(result.fields['/total']).toMatchObject({ value: 12.5, confidence: 1 })
  })

  test('a review rejects', async () => {
    await copyFile(place.path('blank.png'), place.path('blank 2.png'))
    await place.run(['batch', 'blank 2.png', '--force'])
    const { id } = jobOf(place, 'blank 2.png')
    expect((await place.run(['review', 'reject', id])).code).toBe(0)
    expect(jobOf(place, 'blank 2.png').status).toBe('rejected')
  })

  test('what cannot be done is told in one line', async () => {
    const { id } = jobOf(place, 'blank 2.png')
    const accepted = jobOf(place, 'scans/ticket 10.jpg').id
    const refusals: [RegExp, ...string[]][] = [
      [/no job nonsense.*\(E_NOT_FOUND\)/, 'jobs', 'show', 'nonsense'],
      [/is accepted; only ended jobs.*\(E_CONFLICT\)/, 'jobs', 'retry', accepted],
      [/is accepted and can no longer.*\(E_CONFLICT\)/, 'jobs', 'cancel', accepted],
      [/is rejected.*; only jobs that need a review.*\(E_CONFLICT\)/, 'review', 'accept', id],
      [/is not FIELD=VALUE.*\(E_BAD_REQUEST\)/, 'review', 'correct', id, 'total:3'],
      [/--limit.*whole number/, 'jobs', 'list', '--limit', 'many'],
    ]
    for (const [words, ...args] of refusals) {
      const { code, stdout, stderr } = await place.run(args)
      expect(stderr).toMatch(words)
      expect([code, stdout]).toEqual([2, ''])
    }
  })

  test('a failed job is read again on demand, and only that', async () => {
    const { id } = jobOf(place, 'scans/notes.txt')
    const before = readings(place)
    expect((await place.run(['jobs', 'retry', id])).code).toBe(0)
    expect(jobOf(place, 'scans/notes.txt').status).toBe('queued')
    const results = resultsOf((await batch()).stdout)
    expect(results[1]!.error?.code).toBe('E_NOT_IMAGE')
    const after = readings(place)
    expect(after).toHaveLength(before.length)
    expect(after.filter(({ created_at }) => !before.some((b) => b.created_at === created_at))).toHaveLength(1)
  })
})

describe('a batch that cannot begin says so in one line', () => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace()
    await copyFile(ticket, place.path('page.jpg'))
  })
  afterAll(() => place[Symbol.asyncDispose]())

  async function expectRefusal(words: RegExp, env: Record<string, string>): Promise<void> {
    const { code, stdout, stderr } = await place.run(['batch', 'page.jpg', '--ocr', 'tesseract-js'], env)
    expect(stderr).toMatch(words)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([code, stdout]).toEqual([2, ''])
    expect(await processesIn(place.folder)).toEqual([])
  }

  test('a Redis that may lose jobs', async () => {
    const port = await freePort()
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--maxmemory-policy',
      'allkeys-lru',
      '--save',
      '',
    ]
    const redis = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] })
    const exited = once(redis, 'exit')
    for await (const text of redis.stdout) if (String(text).includes('Ready to accept')) break
    try {
      await expectRefusal(/maxmemory-policy noeviction.*\(E_BAD_REQUEST\)/, {
        PARALLAX_REDIS_URL: `redis://127.0.0.1:${port}`,
      })
    } finally {
      redis.kill('SIGKILL')
      await exited
    }
  })

  test('no redis-server', async () => {
    await mkdir(place.path('bin'))
    await symlink(process.execPath, place.path('bin', 'node'))
    await expectRefusal(/needs redis-server.*apt-get install.*\(E_QUEUE_DOWN\)/, { PATH: place.path('bin') })
  })

  test('a damaged ledger', async () => {
    await mkdir(place.path('damaged'))
    await writeFile(place.path('damaged', 'ledger.sqlite'), Buffer.alloc(5000, 'garbage'))
    await expectRefusal(/is not a Parallax ledger.*\(E_STORAGE\)/, { PARALLAX_HOME: place.path('damaged') })
  })

  test('a data folder that cannot be made', async () => {
    await expectRefusal(/page\.jpg.*cannot be used.*\(E_STORAGE\)/, {
      PARALLAX_HOME: place.path('page.jpg', 'home'),
    })
  })
})
