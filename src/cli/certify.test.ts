import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { resultOf } from '../scoring/metrics/result.case.ts'
import { certificateSchema } from '../trust/certificate.ts'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const documents = 100

/** The total is always right, one date in fifty is wrong, and every second time. */
const row = (i: number) =>
  resultOf(
    {
      '/total': [9, '9.00'],
      '/date': [i % 50 === 0 ? '2025-01-03' : '2025-01-02', '02/01/2025'],
      '/time': [i % 2 === 0 ? '10:00' : '11:00', '10:00'],
    },
    { file: `scans/${i}.jpg` },
  )
const truth = { total: 9, date: '2025-01-02', time: '10:00' }

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.path('truths'))
  const all = Array.from({ length: documents }, (_, i) => i)
  await Promise.all(all.map((i) => writeFile(place.path('truths', `${i}.json`), JSON.stringify(truth))))
  const lines = [...all.map(row), { ...row(0), file: 'stranger.jpg' }].map((r) => `${JSON.stringify(r)}\n`)
  await writeFile(place.path('rows.jsonl'), lines.join(''))
})
afterAll(() => place[Symbol.asyncDispose]())

const certify = (...args: string[]) =>
  place.run(['certify', '--rows', 'rows.jsonl', '--truth', 'truths', ...args])

test('says from which confidence on each field is certified, and what that means', async () => {
  const { code, stdout, stderr } = await certify('--error', '0.05', '--out', 'certificate.json')
  expect(stdout).toMatch(/^100 labelled documents of type receipt, route modular\.$/m)
  expect(stdout).toMatch(/\/total +│ +0\.9 │ +100 of 100, 100 % │ +0 │ +2\.96 %/)
  expect(stdout).toMatch(/^\/date: not certifiable: \d\d more labelled documents$/m)
  expect(stdout).toMatch(/^\/time: not certifiable at any number: it is wrong too often$/m)
  expect(stdout).toContain(
    'Of the values of /total accepted at 0.9 and above, at most 5 % are wrong (95 % confidence).\n',
  )
  expect([code, stderr]).toEqual([0, '1 row without truth left out.\n'])
  const file = JSON.parse(await readFile(place.path('certificate.json'), 'utf8')) as unknown
  expect(certificateSchema.parse(file)).toMatchObject({ error: 0.05, confidence: 0.95, documents })
})

test('one error in a hundred needs more than a hundred documents', async () => {
  const { code, stdout } = await certify('--error', '0.01', '--fields', '/total')
  expect(stdout).toMatch(/^\/total: not certifiable: 199 more labelled documents$/m)
  expect(stdout).toContain('No field is proven to be wrong in at most 1 % of what it accepts.')
  expect(code).toBe(0)
})

test('as JSON, for the fields and the confidence that were asked for', async () => {
  const { stdout } = await certify(
    '--error',
    '0.05',
    '--confidence',
    '0.9',
    '--fields',
    '/total,/time',
    '--json',
  )
  const certificate = certificateSchema.parse(JSON.parse(stdout))
  expect(certificate).toMatchObject({ confidence: 0.9, fields: { '/total': { threshold: 0.9, errors: 0 } } })
  expect(Object.keys(certificate.fields)).toEqual(['/total', '/time'])
})

test('its help says which documents to use', async () => {
  const { stdout } = await place.run(['certify', '--help'])
  expect(stdout).toMatch(/neither the models nor the calibration of the confidences have\s+seen/)
})

test('says in one line what is wrong with its input', async () => {
  const calls: [RegExp, ...string[]][] = [
    [/required option '--error <share>'/],
    [/'5' is invalid\. It must be a number between 0 and 1/, '--error', '5'],
    [/'total' is invalid\. It must be JSON pointers/, '--error', '0.05', '--fields', 'total'],
    [/^parallax: No truth knows the field \/tax\..*\n$/, '--error', '0.05', '--fields', '/tax'],
    [/^parallax: absent\/c\.json cannot be written.*\n$/, '--error', '0.05', '--out', 'absent/c.json'],
    [/^parallax: rows\.jsonl is .* not written over.*\n$/, '--error', '0.05', '--out', 'rows.jsonl'],
  ]
  const all = await Promise.all(calls.map(([, ...args]) => certify(...args)))
  all.forEach(({ code, stdout, stderr }, i) => {
    expect(stderr).toMatch(calls[i]![0])
    expect([code, stdout]).toEqual([2, ''])
  })
})
