import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createParallax } from '../index.ts'
import { ocr, openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

const page = sample('my-supermarket-crumpled-06')
const total = { type: ['number', 'null'], 'x-captions': ['Total'] }
const write = (file: string, properties: object) =>
  writeFile(place.path(file), JSON.stringify({ type: 'object', properties }, null, 2))
const list = async () => (await place.run(['types', 'list'])).stdout

test('a schema is added, is read by its name, has versions, and is removed', async () => {
  expect(await list()).toMatch(/receipt\W+built in/)
  await write('slip.schema.json', { total })
  const added = await place.run(['types', 'add', 'slip.schema.json'])
  expect([added.code, added.stdout]).toEqual([
    0,
    'slip.schema.json is in use from now on, as version 1: --type slip\n',
  ])
  expect((await place.run(['types', 'add', 'slip.schema.json'])).stdout).toContain('is version 1 already')
  const read = await place.run(['extract', page, '--type', 'slip', '--route', 'modular', '-q', '-f', 'jsonl'])
  const [row] = resultsOf(read.stdout)
  expect(row).toMatchObject({ documentType: 'slip', error: null, data: { total: expect.any(Number) } })
  await write('other.json', { total, date: total })
  expect((await place.run(['types', 'add', 'other.json', '--name', 'slip'])).stdout).toContain('version 2')
  expect(await list()).toMatch(/slip\W+2/)
  await using parallax = await createParallax({ home: place.home, ocr, concurrency: 1 })
  const mine = await parallax.extract(page, { type: 'slip', route: 'modular' })
  expect(Object.keys(mine.data as object).sort()).toEqual(['date', 'total'])
  await write('third.json', { total })
  await place.run(['types', 'add', 'third.json', '--name', 'slip'])
  const next = await parallax.extract(page, { type: 'slip', route: 'modular' })
  expect(Object.keys(next.data as object)).toEqual(['total'])
  expect((await place.run(['types', 'remove', 'slip'])).code).toBe(0)
  expect(await list()).not.toContain('slip')
  expect((await place.run(['types', 'remove', 'slip'])).stderr).toContain('E_NOT_FOUND')
  expect(await readFile(place.path('home/types/slip/2.schema.json'), 'utf8')).toContain('date')
})

test('what is no type is told, and not added', async () => {
  await writeFile(place.path('bad.json'), '{"type": "string"}')
  await writeFile(place.path('torn.json'), '{"type":')
  await write('Receipts.json', { total })
  const refused = async (...args: string[]) => (await place.run(['types', 'add', ...args])).stderr
  expect(await refused('bad.json')).toContain('E_TYPE_INVALID')
  expect(await refused('torn.json')).toContain('not JSON')
  expect(await refused('none.json')).toContain('no readable type file')
  expect(await refused('a.ts')).toContain('E_BAD_REQUEST')
  expect(await refused('Receipts.json')).toContain('small letters')
  expect(await refused('Receipts.json', '--name', 'receipt')).toContain('built-in')
  expect(await list()).not.toMatch(/bad|torn|Receipts/)
})
