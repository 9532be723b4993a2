import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, violations, watch } from './browser.case.ts'
import { output, sample } from './served.case.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
const scan = sample('sg-cafe-skew-09')

/** A wrong total and a right date, as a row of a batch. */
const row = {
  version: 1,
  file: scan,
  documentType: 'receipt',
  route: 'both',
  reason: 'flagged: PATHS_DIFFER',
  verdict: 'needs_review',
  data: { total: 0.01 },
  fields: {
    '/total': {
      value: 0.01,
      text: '0.01',
      confidence: 0.4,
      source: { page: 1, box: [0.6, 0.7, 0.8, 0.72], text: '0.01' },
      certified: false,
      path: 'direct',
      grounded: false,
      alternatives: [{ path: 'modular', value: 0.02, text: '0.02', confidence: 0.3 }],
    },
  },
  flags: [{ code: 'PATHS_DIFFER', field: '/total', message: '<b>one</b> read 0.01, the other 0.02.' }],
  attempts: [{ path: 'direct', model: 'receipt-dense@1', score: 0.4, ms: 210 }],
  error: null,
  ms: 230,
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-report-'))
  const rows = join(folder, 'rows.jsonl')
  await writeFile(rows, `${JSON.stringify(row)}\n`)
  const report = ['report', rows, '--truth', dirname(dirname(scan)), '--out', join(folder, 'report.html')]
  const args = ['dist/src/cli/main.js', ...report]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['light', 'dark'] as const)(
  'anybody can read the report, on any screen (%s)',
  async (colorScheme) => {
    const browser = await openBrowser()
    try {
      for (const width of [1280, 390]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
        const complaints = watch(page)
        await page.goto(pathToFileURL(join(folder, 'report.html')).href)
        await page.screenshot({ path: join(output, `report-${colorScheme}-${width}.png`), fullPage: true })
        expect(await violations(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        expect(await page.evaluate(() => document.body.textContent)).toContain('<b>one</b> read 0.01')
        expect(complaints).toEqual([])
      }
    } finally {
      await browser.close()
    }
  },
)
