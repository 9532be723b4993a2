import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { tallyRecords } from '../scoring/metrics/items.ts'
import { rates, sumTallies } from '../scoring/metrics/tally.ts'
import { openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })

/** Samples of several countries, layouts and captures, with 267 cells in 74 lines, and two without any lines. */
const samples = [
  ...['au-hardware-phone-26', 'de-supermarket-scan-18', 'fr-bakery-dim-23', 'fr-restaurant-scan-22'],
  ...[
    'id-cafe-scan-31',
    'my-invoice-pages-05',
    'us-supermarket-phone-35',
    'sg-taxi-scan-08',
    'de-parking-phone-20',
  ],
] as const

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

test('cells of item lines are right, and no list is empty unseen', async () => {
  const files = samples.map((name) => sample(name, name === 'my-invoice-pages-05' ? 'page.tif' : 'page.jpg'))
  const read = await place.run(['extract', ...files, '--route', 'both', '--format', 'jsonl'], {
    PARALLAX_OCR: 'pp-ocr',
  })
  const results = resultsOf(read.stdout)
  expect(results).toHaveLength(samples.length)
  const counted = await Promise.all(
    results.map(async ({ data, flags }, i) => {
      const truth = JSON.parse(await readFile(sample(samples[i]!, 'truth.json'), 'utf8')) as {
        items: unknown[]
      }
      const { items } = data as { items: unknown[] | null }
      expect(flags.some(({ code }) => code === 'LIST_EMPTY')).toBe(false)
      return tallyRecords(items ?? [], truth.items)
    }),
  )
  // Measured: 0.979.
  expect(rates(sumTallies(counted)).f1).toBeGreaterThanOrEqual(0.97)
})
