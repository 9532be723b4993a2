import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const invoice = fileURLToPath(new URL('../../samples/receipt/in-invoice-pdf-24/page.pdf', import.meta.url))

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

const drafted = async (): Promise<{ title: string; properties: Record<string, Record<string, unknown>> }> =>
  JSON.parse(await readFile(place.path('invoice.json'), 'utf8'))

test('a schema is drafted from a page, and finds there what it was drafted from', async () => {
  const draft = await place.run(['schema', 'draft', invoice, '--title', 'Invoice', '--out', 'invoice.json'])
  expect(draft.code).toBe(0)
  expect(draft.stderr).toMatch(/The draft has \d+ properties/)
  const { title, properties } = await drafted()
  expect(title).toBe('Invoice')
  expect(properties).toMatchObject({ invoiceNumber: { title: expect.any(String) }, lines: { type: 'array' } })

  const tried = await place.run(['schema', 'try', './invoice.json', invoice])
  expect(tried.code).toBe(0)
  expect(tried.stdout).toMatch(/\d+ of \d+ fields found/)
  expect(tried.stdout).toContain('/invoiceNumber')
})

test('a field that is called by another name is told which caption would find it', async () => {
  const asked = { type: 'object', properties: { stub: { type: 'string', format: 'date', title: 'Stub' } } }
  await writeFile(place.path('stub.json'), JSON.stringify(asked))
  const tried = await place.run(['schema', 'try', './stub.json', invoice])
  expect(tried.code).toBe(0)
  expect(tried.stdout).toContain('x-captions to add')
  expect(tried.stdout).toMatch(/"(?:Bill )?Date/i)
})

test('a type that reads by rules of its own has no schema to try', async () => {
  const refused = await place.run(['schema', 'try', 'receipt', invoice])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('E_BAD_REQUEST')
})
