import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { resultOf } from '../../scoring/metrics/result.case.ts'
import { scoreResults } from './score.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'score-'))
})
afterEach(() => rm(dir, { recursive: true }))

async function write(file: string, content: string): Promise<string> {
  const path = join(dir, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return path
}

const writeRows = (...results: ExtractionResult[]) =>
  write('rows.jsonl', results.map((result) => `${JSON.stringify(result)}\n`).join(''))
const row = (file: string, total = 9): ExtractionResult =>
  resultOf({ '/total': [total, `${total}`] }, { file })
const truth = '{"total":9}'

test.each([
  ['NAME.json', 'scans/a.jpg', 'truths/a.json'],
  ['truth/NAME.json', '/elsewhere/a.b.pdf', 'truths/truth/a.b.json'],
  ['NAME/truth.json', 'a.png', 'truths/a/truth.json'],
  ['the folder of the file', 'samples/a/page.jpg', 'truths/a/truth.json'],
])('finds the truth by %s', async (_, file, truthFile) => {
  await write(truthFile, truth)
  const report = await scoreResults(await writeRows(row(file)), join(dir, 'truths'))
  expect(report.micro.normalised.f1).toBe(1)
  expect(report.documents).toMatchObject({ total: 1, missingRows: 0 })
})

const own = {
  '/company': ['Ada Ltd', 'Ada Ltd'],
  '/date': ['2018-12-25', '25 Dec'],
  '/total': [9, '9.00'],
} as const
const printedTruth = '{"company":"Ada Ltd","date":"2018-12-25","total":"9.00"}'
const receipt = { '/merchant/name': ['Ada Ltd', 'Ada Ltd'], '/date': ['2018-12-25', '25 Dec'], '/total': [9, '9.00'] } as const // prettier-ignore

test.each([
  ['of a type of a user', own, { documentType: 'bill' }, undefined],
  ['of a type of a user that is called receipt', own, { documentType: 'receipt' }, undefined],
  ['of receipts in the format of a data set', receipt, { documentType: 'receipt' }, undefined],
  ['in the format that is said', receipt, { documentType: 'slip' }, 'sroie'],
] as const)('reads the truths %s', async (_, fields, more, truthFormat) => {
  await write('truths/a.json', printedTruth)
  const rows = await writeRows(resultOf(fields, { ...more, file: 'a.jpg' }))
  const report = await scoreResults(rows, join(dir, 'truths'), { truthFormat })
  expect(Object.keys(report.fields)).toEqual(Object.keys(fields))
  expect(report.micro.normalised.f1).toBe(1)
})

test('says which truth is not of the format', async () => {
  await write('truths/a.json', truth)
  const rows = await writeRows(row('a.jpg'))
  const scored = scoreResults(rows, join(dir, 'truths'), { truthFormat: 'wildreceipt' })
  await expect(scored).rejects.toMatchObject({ code: 'E_BAD_REQUEST', message: /a\.json is not a truth/ })
})

test('counts rows without truth apart, and on demand truths without row as wholly missing', async () => {
  await write('truths/a.json', truth)
  await write('truths/b.json', truth)
  const rows = await writeRows(row('a.jpg'), row('stranger.jpg'))
  const report = await scoreResults(rows, join(dir, 'truths'))
  expect(report.rowsWithoutTruth).toBe(1)
  expect(report.documents).toMatchObject({ total: 1, missingRows: 0 })
  const all = await scoreResults(rows, join(dir, 'truths'), { all: true })
  expect(all.documents).toMatchObject({ total: 2, missingRows: 1 })
  expect(all.micro.normalised).toMatchObject({ precision: 1, recall: 0.5 })
})

test.each([
  ['not JSON', '{"version":1'],
  ['not a row', '{"version":1,"file":"b.jpg"}'],
])('names the line that is %s', async (_, line) => {
  await write('truths/a.json', truth)
  const rows = await write('rows.jsonl', `${JSON.stringify(row('a.jpg'))}\n\n${line}\n`)
  await expect(scoreResults(rows, join(dir, 'truths'))).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringContaining('Line 3'),
  })
})

test('names the truth that is broken', async () => {
  await write('truths/a.json', '[1]')
  await expect(scoreResults(await writeRows(row('a.jpg')), join(dir, 'truths'))).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringContaining('a.json'),
  })
})

test('says when a file, the truths or every pair is missing', async () => {
  const rows = await writeRows(row('a.jpg'))
  await expect(scoreResults(rows, join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
  await write('truths/b.json', truth)
  await expect(scoreResults(rows, join(dir, 'truths'))).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await expect(scoreResults(join(dir, 'none.jsonl'), join(dir, 'truths'))).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
  })
})

test('the documents of one file have truths of their own', async () => {
  await write('truths/a#1.json', '{"total":9}')
  await write('truths/a#2.json', '{"total":8}')
  await write('truths/a.json', '{"total":7}')
  const partRow = (index: number, total: number): ExtractionResult => ({
    ...row(`scans/a.pdf#${index}`, total),
    part: { index, of: 3, pages: [index], region: null, probability: 0.9 },
  })
  const rows = await writeRows(partRow(1, 9), partRow(2, 8), partRow(3, 7))
  const report = await scoreResults(rows, join(dir, 'truths'))
  expect(report).toMatchObject({ rowsWithoutTruth: 1, documents: { total: 2 } })
  expect(report.micro.normalised.f1).toBe(1)
})
