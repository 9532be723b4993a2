import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pdfWithText, printed } from '../imaging/test-layers.ts'
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

const passes = ['Mira Oakes', 'Tom Adair', 'Ines Valle', 'Jon Reed'].map((name, i) =>
  pdfWithText([
    {
      content: printed([
        'BOARDING PASS',
        `Passenger: ${name}`,
        `Flight: QN ${310 + i}`,
        `Gate: B${i + 4}     Seat: ${12 + i}C`,
        'Boarding closes 20 minutes before departure',
      ]),
    },
  ]),
)

test("a type of one's own is told from others after three examples", async () => {
  await writeFile(
    place.path('boarding-pass.schema.json'),
    JSON.stringify({ type: 'object', properties: { passenger: { type: ['string', 'null'] } } }),
  )
  for (const [i, bytes] of passes.entries()) await writeFile(place.path(`pass-${i}.pdf`), bytes)
  const type = './boarding-pass.schema.json'
  const few = await place.run(['types', 'learn', type, 'pass-0.pdf', 'pass-1.pdf'])
  expect(few.code).toBe(2)
  expect(few.stderr).toMatch(/at least 3 documents/)
  const enough = await place.run(['types', 'learn', type, 'pass-0.pdf', 'pass-1.pdf', 'pass-2.pdf'])
  expect(enough).toMatchObject({ code: 0, stderr: '' })
  const read = await place.run(['extract', 'pass-3.pdf', files[0]!, ...told, '--format', 'jsonl'])
  expect(resultsOf(read.stdout)).toMatchObject([
    { documentType: 'boarding-pass', data: { passenger: 'Jon Reed' } },
    { documentType: 'receipt' },
  ])
})
