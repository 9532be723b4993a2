import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchPageSchema } from '../contract/jobs.ts'
import { reviewQueueSchema, reviewSchema } from '../contract/review.ts'
import { extractionResultSchema } from '../core/extraction-result.ts'
import { openBrowser, tabTo, violations, watch } from './browser.case.ts'
import { buildPage, output, sample, serve, type Served } from './served.case.ts'

const [doubtful, flagged, clear] = ['de-hardware-noisy-21', 'gb-pharmacy-fax-15', 'sg-ticket-skew-34']
const hostile = '<img src=x onerror="document.title=\'taken\'">'
const timeout = 90_000

let served: Served
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

const ask = async (path: string): Promise<unknown> => (await fetch(served.url + path)).json()
const post = (path: string, json: unknown): Promise<Response> =>
  fetch(served.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })

/** The document that is to be looked at first. */
const waiting = async (): Promise<string> => {
  const [first] = reviewQueueSchema.parse(await ask('/v1/review')).items
  return first!.job.id
}

const picture = (name: string): Promise<Buffer> => page.screenshot({ path: join(output, `${name}.png`) })
const input = (pointer: string) => page.locator(`[id="value:${pointer}"]`)
const focusedId = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '')

/** Walks by Tab to a value and types another in its place. */
async function typeInto(pointer: string, text: string): Promise<void> {
  for (let presses = 0; (await focusedId()) !== `value:${pointer}`; presses++) {
    if (presses === 100) throw new Error(`Tab does not lead to ${pointer}.`)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

/** Submits files by the form of the page, and waits until all have ended. */
async function submit(files: readonly string[], ended: string): Promise<void> {
  await page.goto(`${served.url}/#/batches`)
  await page.setInputFiles('#files', [
    ...files.map((name) => ({
      name: `${name}.jpg`,
      mimeType: 'image/jpeg',
      buffer: readFileSync(sample(name)),
    })),
    { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear Sir or Madam') },
  ])
  await page.getByText('letter.txt').waitFor()
  await page.getByText('is left out: it is no image').waitFor()
  await page.getByLabel('Name (optional)').fill('First receipts')
  await page.getByRole('button', { name: /^Read \d/ }).click()
  await page.locator('.batch').first().getByText(ended).waitFor({ timeout })
}

beforeAll(async () => {
  mkdirSync(output, { recursive: true })
  buildPage()
  served = await serve()
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  page = await context.newPage()
  complaints = watch(page)
  page.setDefaultTimeout(20_000)
})

afterAll(async () => {
  await browser?.close()
  await served?.[Symbol.asyncDispose]()
})

describe('the review page', () => {
  it('greets with an empty dashboard', async () => {
    await page.goto(served.url)
    await page.getByText('No batches yet').waitFor()
    await picture('empty')
    expect(await violations(page)).toEqual([])
  })

  it(
    'submits a batch and shows it until it has ended',
    async () => {
      await submit([doubtful, flagged, clear], '2 to review')
      await picture('dashboard')
      await page.getByPlaceholder('Search batches').fill('no such batch')
      await page.getByText('No batch is like that').waitFor()
      await page.getByPlaceholder('Search batches').fill('first rec')
      await page.getByRole('link', { name: 'First receipts' }).waitFor()
      await page.locator('.batch a').first().click()
      await page
        .getByRole('row', { name: new RegExp(doubtful) })
        .getByText('to review')
        .waitFor()
      await page
        .getByRole('row', { name: new RegExp(clear) })
        .getByText('accepted')
        .waitFor()
      await page.locator('.reasons p').first().waitFor()
      await page.getByRole('columnheader', { name: 'merchant name' }).waitFor()
      await picture('batch')
    },
    2 * timeout,
  )

  it('leads from the start to the first doubtful value by keyboard alone, and checks what is typed', async () => {
    await page.goto(`${served.url}/#/batches`)
    await page.locator('.batch').first().waitFor()
    await tabTo(page, /^Review/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Start reviewing/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.field-card').first().waitFor()
    expect(await focusedId()).toBe('value:/merchant/name')
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.id === 'value:/merchant/name')
  })

  it('takes readings by digits, undoes, and lets a digit be a digit', async () => {
    const before = await input('/merchant/name').inputValue()
    await page.keyboard.press('2')
    const other = await input('/merchant/name').inputValue()
    expect(other).not.toBe(before)
    await page.keyboard.press('Control+z')
    await expect.poll(() => input('/merchant/name').inputValue()).toBe(before)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('21st Hardware')
    expect(await input('/merchant/name').inputValue()).toBe('21st Hardware')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Eisenwaren Laufhagen KG')
    await page.keyboard.press('Enter')
    expect(await focusedId()).toBe('accept') // the name was all that asked for a look
  })

  it('says what is wrong while it is typed', async () => {
    await typeInto('/date', '16.04.21')
    expect(await input('/date').getAttribute('aria-invalid')).toBe('true')
    await page.getByText('Write a day as year-month-day').waitFor()
    await typeInto('/date', '2021-04-16')
    expect(await input('/date').getAttribute('aria-invalid')).toBe('false')
    await input('/total').fill('1.00')
    await page
      .getByText(/does not make the total 1.00|the receipt says/)
      .first()
      .waitFor()
    await picture('checked')
  })

  it('takes a record away and puts it back', async () => {
    const records = await page.locator('.record-table tbody tr:not(.under)').count()
    await page.getByRole('button', { name: 'Take away record 2' }).click()
    await page.getByRole('button', { name: /Put back/ }).click()
    await page.getByRole('button', { name: 'Add a record' }).first().click()
    expect(await page.locator('.record-table tbody tr:not(.under)').count()).toBe(records + 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.locator('.record-table tbody tr:not(.under)').count()).toBe(records)
  })

  it('works on records by keyboard: inserts, moves, pastes, takes away', async () => {
    const names = () =>
      page
        .locator('.record-table')
        .first()
        .locator('tbody tr:not(.under, .gone) td:first-child :is(input, textarea)')
        .evaluateAll((cells) => cells.map((cell) => (cell as HTMLInputElement).value))
    const before = await names()
    await input('/items/0/description').focus()
    await page.keyboard.press('Alt+Enter')
    await page.waitForFunction(() =>
      /^value:\/items\/\d+\/description$/.test(document.activeElement?.id ?? ''),
    )
    expect(await names()).toEqual([before[0], '', ...before.slice(1)])
    const paste = (text: string) =>
      page.evaluate((copied) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', copied)
        document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
      }, text)
    await paste('1\t2\t3\t4\t5\t6')
    await page.getByText('Nothing was pasted').waitFor()
    await paste('Nägel\t2')
    await expect.poll(names).toEqual([before[0], 'Nägel', ...before.slice(1)])
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(names).toEqual(['Nägel', ...before])
    await page.waitForFunction(() => /description$/.test(document.activeElement?.id ?? ''))
    await tabTo(page, /Move up/)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await expect.poll(names).toEqual(before)
    expect(await focusedId()).toBe('value:/items/0/description')
  })

  it('zooms by wheel and by button, and fits the width again', async () => {
    const scale = () => page.locator('.scale').textContent()
    const first = await scale()
    await page.locator('.sheet').hover()
    await page.mouse.wheel(0, -100)
    await expect.poll(scale).not.toBe(first)
    await page.getByRole('button', { name: 'Larger' }).click()
    await page.getByRole('button', { name: 'Fit width' }).click()
    await expect.poll(scale).toBe('100 %')
  })

  it('reads a box that is drawn into the field', async () => {
    await input('/total').focus()
    const id = await waiting()
    const { row: result } = reviewSchema.parse(await ask(`/v1/review/${id}`))
    const [x0, y0, x1, y1] = result.fields['/merchant/phone']!.source!.box
    await input('/merchant/phone').focus()
    await input('/merchant/phone').fill('?')
    await page.getByRole('button', { name: 'Read a region' }).click()
    await page.locator('.sheet').scrollIntoViewIfNeeded()
    const sheet = (await page.locator('.sheet').boundingBox())!
    const at = (x: number, y: number) => [sheet.x + x * sheet.width, sheet.y + y * sheet.height] as const
    await page.mouse.move(...at(x0 - 0.01, y0 - 0.005))
    await page.mouse.down()
    await page.mouse.move(...at(x1 + 0.01, y1 + 0.005), { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => input('/merchant/phone').inputValue(), { timeout: 20_000 }).toMatch(/\d{4}/)
  })

  it('says that there was no answer, also where the changes were saved', async () => {
    await typeInto('/total', '71.43')
    const id = await waiting()
    const lose = async (route: Route): Promise<void> => {
      await route.fetch()
      await route.abort()
    }
    await page.route('**/corrections', lose, { times: 1 })
    await page.keyboard.press('Control+Enter')
    await page.locator('.action-bar').getByText('Parallax does not answer').waitFor()
    expect(reviewSchema.parse(await ask(`/v1/review/${id}`)).revision).toBeGreaterThan(0)
  })

  it('accepts by key, and goes on to the first doubtful value of the next document', async () => {
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: flagged }).waitFor()
    const { row } = reviewSchema.parse(await ask(`/v1/review/${await waiting()}`))
    const fields = new Set(row.flags.flatMap(({ field }) => field ?? []))
    expect([...fields].map((field) => `value:${field}`)).toContain(await focusedId())
    await expect
      .poll(() => page.locator('[role=status]').allTextContents())
      .toContainEqual(expect.stringMatching(new RegExp(`^${flagged}[.]\\w+: \\d+ values? to look at[.]$`)))
  })

  it('takes an end back by key, and shows any document with what was done to it', async () => {
    await page.keyboard.press('Control+z')
    await page.getByRole('heading', { name: doubtful }).waitFor()
    await page.getByText('History').click()
    await page.locator('.history').getByText('Reopened').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: flagged }).waitFor()
    await page.goto(`${served.url}/#/batches`)
    await page.locator('.batch a').first().click()
    await page.getByRole('link', { name: clear }).click()
    await page.getByRole('heading', { name: clear }).waitFor()
    await page.locator('.read-value').first().click()
    await page.locator('.boxes .active').waitFor()
    await picture('document')
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.locator('.action-bar').waitFor()
    await page.keyboard.press('Control+Shift+R')
    await page.getByLabel('Why').selectOption('duplicate')
    await page.getByLabel('Note').fill('Sent twice')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText(`${clear}.jpg rejected.`).waitFor()
    await page.getByRole('heading', { name: flagged }).waitFor()
    await page.goto(`${served.url}/#/batches`)
    await page.locator('.batch a').first().click()
    await page.getByText('It is here already: Sent twice').waitFor()
  })

  it('exports the correction', async () => {
    const { items } = batchPageSchema.parse(await ask('/v1/batches'))
    await page.goto(`${served.url}/#/batches/${items[0]!.id}`)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export JSONL' }).click()
    const results = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => extractionResultSchema.parse(JSON.parse(line)))
    const corrected = results.find(({ file }) => file.startsWith(doubtful))
    expect(corrected?.data).toMatchObject({
      merchant: { name: 'Eisenwaren Laufhagen KG' },
      date: '2021-04-16',
    })
  })
})

describe('a document under review', () => {
  let id: string

  beforeAll(async () => {
    id = await waiting()
    const changes = [{ field: '/merchant/name', value: hostile }]
    expect((await post(`/v1/review/${id}/corrections`, { changes, revision: 0 })).status).toBe(200)
  })

  it('keeps hostile text a text', async () => {
    await page.goto(`${served.url}/#/review/${id}`)
    await page.getByText('1 earlier correction').click()
    expect(await page.locator('.history ins').textContent()).toBe(hostile)
    expect(await input('/merchant/name').inputValue()).toBe(hostile)
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(await page.title()).not.toBe('taken')
  })

  const views = {
    dashboard: '#/batches',
    queue: '#/review',
    review: '#/review/',
    metrics: '#/metrics',
    batch: '#/batches/',
    document: '#/documents/',
  }

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390])
      it(`has nothing for axe to find, ${colorScheme} at ${width} px`, async () => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: width === 390 ? 844 : 800 })
        const batch = batchPageSchema.parse(await ask('/v1/batches')).items[0]!.id
        for (const [name, hash] of Object.entries(views)) {
          const own = name === 'batch' ? batch : ['review', 'document'].includes(name) ? id : ''
          await page.goto(`${served.url}/${hash}${own}`)
          await page.locator('main h1').waitFor()
          await page.waitForLoadState('networkidle')
          await picture(`${name}-${colorScheme}-${width}`)
          expect({ name, found: await violations(page) }).toEqual({ name, found: [] })
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect({ name, overflow }).toEqual({ name, overflow: 0 })
        }
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
        await page.setViewportSize({ width: 1280, height: 800 })
      })

  it('stays usable while the service is away', async () => {
    await page.goto(`${served.url}/#/review/${id}`)
    await input('/total').fill('90.70')
    await served.stop()
    await page.keyboard.press('Control+Enter')
    await page.getByText('What you typed is kept').waitFor()
    await picture('away')
    expect(await input('/total').inputValue()).toBe('90.70')
    await served.start()
    await page.getByText('What you typed is kept').waitFor({ state: 'detached' })
    expect(await input('/total').inputValue()).toBe('90.70')
  })

  it('takes what another page has changed, keeps what was typed, and says so', async () => {
    await page.goto('about:blank')
    await page.goto(`${served.url}/#/review/${id}`)
    await input('/total').fill('90.70')
    const { revision } = reviewSchema.parse(await ask(`/v1/review/${id}`))
    const changes = [{ field: '/merchant/name', value: 'Kedai Makan' }]
    expect((await post(`/v1/review/${id}/corrections`, { changes, revision })).status).toBe(200)
    await page.keyboard.press('Control+Enter')
    await page.getByText('tester changed this document since you opened it: merchant name.').waitFor()
    expect(await input('/merchant/name').inputValue()).toBe('Kedai Makan')
    expect(await input('/total').inputValue()).toBe('90.70')
    await picture('changed-by-another')
    expect(reviewSchema.parse(await ask(`/v1/review/${id}`)).corrections).toHaveLength(revision + 1)
  })

  it('says that somebody else has closed it', async () => {
    await page.goto('about:blank')
    await page.goto(`${served.url}/#/review/${id}`)
    await input('/total').waitFor()
    expect((await post(`/v1/review/${id}/reject`, {})).status).toBe(200)
    await page.keyboard.press('Control+Enter')
    await page.getByText('Somebody else has ended this review').waitFor()
    await picture('closed-by-another')
    await page.getByRole('button', { name: 'Next document' }).click()
    await page.getByText('Nothing waits for you').waitFor()
    await picture('nothing-waits')
  })

  it('asks for a key once there is one', async () => {
    const key = served.key('Ada', 'reviewer')
    await page.goto(`${served.url}/#/batches`)
    await page.reload()
    await page.getByLabel('Your key').fill('plx_wrong')
    await page.keyboard.press('Enter')
    await page.locator('[role=alert]').waitFor()
    await picture('sign-in')
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Your key').fill(key)
    await page.keyboard.press('Enter')
    await page.getByText('Ada', { exact: true }).waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await picture('signed-in-390')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your key').waitFor()
  })

  it('gave the browser nothing to complain of', () => expect(complaints).toEqual([]))
})
