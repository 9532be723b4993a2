import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

const files = [
  sample('au-cafe-fax-27', 'page.png'),
  sample('../bank-statement/en-1', 'page.jpg'),
  sample('../form/fr-columns', 'page.jpg'),
]
const told = ['--type', 'auto', '--route', 'modular'] as const

test('documents of several types are each read as their own, by command and in batches', async () => {
  const read = await place.run(['extract', ...files, ...told, '--format', 'jsonl'])
  const results = resultsOf(read.stdout)
  const types = ['receipt', 'bank-statement', 'form']
  expect(results.map(({ documentType }) => documentType)).toEqual(types)
  for (const one of results) expect(one.told!.probability).toBeGreaterThan(0.3)
  const batch = await place.run(['batch', ...files, ...told, '--format', 'jsonl'])
  expect(resultsOf(batch.stdout).map(({ documentType }) => documentType)).toEqual(types)
  expect(resultsOf(batch.stdout).map(({ data }) => data)).toEqual(results.map(({ data }) => data))
})

test('a table of one type is not written of several', async () => {
  const { code, stderr } = await place.run(['extract', files[0]!, ...told, '--format', 'csv'])
  expect(code).not.toBe(0)
  expect(stderr).toMatch(/CSV has the columns of one type/)
})
