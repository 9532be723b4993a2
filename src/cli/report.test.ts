import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { resultOf } from '../scoring/metrics/result.case.ts'
import { openWorkplace, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const scan = sample('sg-cafe-skew-09')
const truths = dirname(dirname(scan))

const total = (value: number, page = 1): ResultField => ({
  value,
  text: String(value),
  confidence: 0.9,
  source: { page, box: [0.6, 0.7, 0.8, 0.72], text: String(value) },
  certified: false,
  path: 'modular',
  grounded: false,
  alternatives: [],
})

const flagged = (file: string, field: ResultField): ExtractionResult =>
  resultOf(
    {},
    {
      file,
      verdict: 'needs_review',
      fields: { '/total': field },
      flags: [{ code: 'UNGROUNDED', field: '/total', message: `The total ${field.value} was not found.` }],
    },
  )

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  const results = [
    flagged(scan, total(0.01)),
    flagged(sample('my-invoice-pages-05', 'page.tif'), total(0.02, 2)),
    flagged(sample('in-invoice-pdf-24', 'page.pdf'), total(0.03)),
    flagged('gone.jpg', total(0.04)),
    flagged('broken.jpg', total(0.05)),
    flagged(scan, total(0.06, 7)),
  ]
  const lines = (some: readonly ExtractionResult[]): string =>
    some.map((result) => `${JSON.stringify(result)}\n`).join('')
  await writeFile(place.path('rows.jsonl'), lines(results))
  await writeFile(place.path('labelled.jsonl'), lines(results.slice(0, 3)))
  await writeFile(place.path('elsewhere.jsonl'), lines([flagged('old/place/page.jpg', total(0.01))]))
  await writeFile(place.path('no-rows.jsonl'), '{"file":"a.jpg"}\n')
  await writeFile(place.path('broken.jpg'), (await readFile(scan)).subarray(0, 300))
  await mkdir(place.path('moved', 'place'), { recursive: true })
  await writeFile(place.path('moved', 'place', 'page.jpg'), await readFile(scan))
})
afterAll(() => place[Symbol.asyncDispose]())

const report = (...args: string[]) => place.run(['report', ...args])
const pageAt = (name: string): Promise<string> => readFile(place.path(name), 'utf8')

test('one file with a picture of each flagged value; images that are not there cost their pictures only', async () => {
  const { code, stdout, stderr } = await report('rows.jsonl', '--out', 'report.html')
  expect(stderr).toBe('report.html: 6 documents, 6 values to look at (3 with a picture).\n')
  expect([code, stdout]).toEqual([0, ''])
  const page = await pageAt('report.html')
  expect(page.match(/src="data:image\/jpeg;base64,\/9j\//g)).toHaveLength(3)
  expect(page).toContain('No picture: There is no such file.')
  expect(page).toMatch(/No picture: The (image|file) is damaged/)
  expect(page).toContain('No picture: The file has no page 7')
  expect(page).toContain('6 documents of type receipt')
})

test('with the truth it shows what is wrong', async () => {
  const { code, stderr } = await report('labelled.jsonl', '--truth', truths, '--out', 'truth.html')
  expect([code, stderr]).toEqual([0, 'truth.html: 3 documents, 3 values to look at (3 with a picture).\n'])
  const page = await pageAt('truth.html')
  expect(page).toContain('Against the truth of 3 documents')
  expect(page).toContain('What was wrong')
})

test('documents that were moved are found in the folder of images', async () => {
  const { stderr } = await report('elsewhere.jsonl', '--images', 'moved', '--out', 'moved.html')
  expect(stderr).toContain('1 value to look at (1 with a picture)')
})

test('says in one line what is wrong with its input', async () => {
  const out = ['--out', 'never.html']
  const calls: [RegExp, ...string[]][] = [
    [/^parallax: Line 1 of no-rows\.jsonl is not a row.*\n$/, 'no-rows.jsonl', ...out],
    [/^parallax: absent\.jsonl cannot be read.*\n$/, 'absent.jsonl', ...out],
    [/^parallax: There are no truths in \..*\n$/, 'rows.jsonl', '--truth', '.', ...out],
    [/^parallax: rows\.jsonl is .* not written over.*\n$/, 'rows.jsonl', '--out', 'rows.jsonl'],
    [/required option '-o, --out <file>'/, 'rows.jsonl'],
  ]
  const all = await Promise.all(calls.map(([, ...args]) => report(...args)))
  all.forEach(({ code, stdout, stderr }, i) => {
    expect(stderr).toMatch(calls[i]![0])
    expect([code, stdout]).toEqual([2, ''])
  })
  await expect(pageAt('never.html')).rejects.toMatchObject({ code: 'ENOENT' })
})
