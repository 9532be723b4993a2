import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { tallyRecords } from '../scoring/metrics/items.ts'
import { rates, sumTallies } from '../scoring/metrics/tally.ts'
import { openWorkplace, resultsOf, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

type Data = Readonly<Record<string, unknown>>

/** What is read of a type's samples, and what they state. */
async function readSamples(type: string): Promise<readonly { data: Data; truth: Data }[]> {
  const folder = resolve(import.meta.dirname, '../../samples', type)
  const names = (await readdir(folder)).sort()
  const files = names.map((name) => join(folder, name, 'page.jpg'))
  const { stdout } = await place.run(
    ['extract', ...files, '--type', type, '--route', 'modular', '--format', 'jsonl'],
    { PARALLAX_OCR: 'pp-ocr' },
  )
  const results = resultsOf(stdout)
  expect(results).toHaveLength(names.length)
  return Promise.all(
    results.map(async ({ data }, i) => ({
      data: data as Data,
      truth: JSON.parse(await readFile(join(folder, names[i]!, 'truth.json'), 'utf8')) as Data,
    })),
  )
}

const listed = (one: Data, key: string): readonly Data[] => (one[key] ?? []) as readonly Data[]

const cellsOf = (read: Awaited<ReturnType<typeof readSamples>>, key: string): number | null =>
  rates(sumTallies(read.map(({ data, truth }) => tallyRecords(listed(data, key), listed(truth, key))))).f1

test('statements of four banks in four languages are read with all that was booked', async () => {
  const read = await readSamples('bank-statement')
  for (const { data, truth } of read)
    for (const key of ['periodStart', 'periodEnd', 'opening', 'closing']) expect(data[key]).toBe(truth[key])
  expect(read.map(({ data }) => listed(data, 'transactions').length)).toEqual(
    read.map(({ truth }) => listed(truth, 'transactions').length),
  )
  expect(cellsOf(read, 'transactions')).toBeGreaterThanOrEqual(0.9)
})

test('forms are read entry by entry', async () => {
  expect(cellsOf(await readSamples('form'), 'entries')).toBeGreaterThanOrEqual(0.7)
})
