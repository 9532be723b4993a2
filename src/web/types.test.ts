import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { batchPageSchema, jobPageSchema, resultAnswerSchema } from '../contract/jobs.ts'
import { openBrowser, violations, watch } from './browser.case.ts'
import { buildPage, output, sample, serve, type Served } from './served.case.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const document = {
  name: 'slip.jpg',
  mimeType: 'image/jpeg',
  buffer: readFileSync(sample('my-supermarket-crumpled-06')),
}
const schema = (...captions: readonly string[]) =>
  JSON.stringify({
    type: 'object',
    properties: {
      total: { type: ['number', 'null'], 'x-captions': captions },
      licence: { type: ['string', 'null'] },
    },
  })

let served: Served
let browser: Browser
let page: Page
let complaints: string[]

const ask = async (path: string): Promise<unknown> => (await fetch(served.url + path)).json()

beforeAll(async () => {
  mkdirSync(output, { recursive: true })
  buildPage()
  served = await serve()
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  complaints = watch(page)
  page.setDefaultTimeout(60_000)
})

afterAll(async () => {
  await browser?.close()
  await served?.[Symbol.asyncDispose]()
})

it('makes a type of a JSON Schema that was tried on a document, and reads by it', async () => {
  await page.goto(served.url)
  await page.getByRole('button', { name: 'New type…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New type' })
  const save = dialog.getByRole('button', { name: 'Save' })
  const tryIt = dialog.getByRole('button', { name: 'Try', exact: true })
  await dialog.getByLabel('JSON Schema').fill('{"type":')
  await dialog.getByLabel('Document to try it on').setInputFiles(document)
  await tryIt.click()
  await dialog.getByText('The schema is not JSON').waitFor()
  await dialog.getByLabel('JSON Schema').fill('{"type": "string"}')
  await tryIt.click()
  await dialog.getByText('A schema for documents describes an object').waitFor()
  expect(await save.isDisabled()).toBe(true)
  await dialog.getByLabel('From a file').setInputFiles({
    name: 'Slip.schema.json',
    mimeType: 'application/json',
    buffer: Buffer.from(schema('Total')),
  })
  expect(await dialog.getByLabel('Name').inputValue()).toBe('slip')
  await tryIt.click()
  const row = dialog.getByRole('row', { name: /\/total/ })
  expect(await row.textContent()).toMatch(/\/total[\d.]+page 1/)
  expect(await dialog.getByRole('row', { name: /\/licence/ }).textContent()).toContain('not found')
  await page.screenshot({ path: join(output, 'new-type.png') })
  expect(await violations(page)).toEqual([])
  await save.click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.getByLabel('Document type').inputValue()).toBe('slip')
  expect(await page.getByLabel('Document type').locator('option').allTextContents()).toContain('receipt')
  await page.setInputFiles('#files', [document])
  await page.getByRole('button', { name: 'Read 1 document' }).click()
  await page
    .locator('.batch')
    .getByText(/1 (accepted|to review)/)
    .waitFor({ timeout: 120_000 })
  const [batch] = batchPageSchema.parse(await ask('/v1/batches')).items
  const [job] = jobPageSchema.parse(await ask(`/v1/jobs?batch=${batch!.id}`)).items
  const result = resultAnswerSchema.parse(await ask(`/v1/jobs/${job!.id}/result`))
  expect(result).toMatchObject({ documentType: 'slip', error: null, data: { total: expect.any(Number) } })
  expect(complaints).toEqual([])
})

it('has a type that changes be tried again, and none be called as a built-in one', async () => {
  await page.getByRole('button', { name: 'New type…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New type' })
  const save = dialog.getByRole('button', { name: 'Save' })
  await dialog.getByLabel('Name').fill('receipt')
  await dialog.getByLabel('JSON Schema').fill(schema('Total'))
  await dialog.getByLabel('Document to try it on').setInputFiles(document)
  await dialog.getByRole('button', { name: 'Try', exact: true }).click()
  await dialog.getByText('built-in type').waitFor()
  await dialog.getByLabel('Name').fill('slip')
  await dialog.getByRole('button', { name: 'Try', exact: true }).click()
  await dialog.getByText('of 2 fields found').waitFor()
  await dialog.getByLabel('JSON Schema').fill(schema('Sum'))
  expect(await save.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

it('offers whoever is no administrator the types, and no way to make one', async () => {
  const key = served.key('Kim', 'submitter')
  await page.reload()
  await page.getByLabel('Your key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Document type').locator('option', { hasText: 'slip' }).waitFor({ state: 'attached' })
  expect(await page.getByRole('button', { name: 'New type…' }).count()).toBe(0)
})
