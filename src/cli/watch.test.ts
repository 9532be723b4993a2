import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.path('in'))
  await copyFile(sample('sg-taxi-scan-08'), place.path('in', 'taxi.jpg'))
  await writeFile(place.path('in', 'broken.pdf'), '%PDF-1.7 and no more')
})
afterAll(() => place[Symbol.asyncDispose]())

const watch = () => place.run(['watch', 'in', '--once', '--settle', '1', '--route', 'modular'])

test('what lies in a folder is read and put away; what comes again is not read again', async () => {
  const { code, stdout } = await watch()
  expect(code).toBe(0)
  expect(stdout.split('\n').filter(Boolean).sort()).toEqual([
    'broken.pdf: failed',
    expect.stringMatching(/^taxi\.jpg: (accepted|needs_review)$/),
  ])
  expect((await readdir(place.path('in', 'done'))).sort()).toEqual(['taxi.jpg', 'taxi.jpg.json'])
  const row = await readFile(place.path('in', 'failed', 'broken.pdf.json'), 'utf8')
  const [failed] = resultsOf(JSON.stringify(JSON.parse(row)))
  expect(failed).toMatchObject({ file: 'broken.pdf', verdict: 'failed', submission: { name: 'in' } })
  await copyFile(sample('sg-taxi-scan-08'), place.path('in', 'taxi.jpg'))
  await watch()
  expect(resultsOf((await place.run(['jobs', 'export'])).stdout)).toHaveLength(2)
})

test('rows as a workbook, and options that do not fit together', async () => {
  const columns = '- { name: Document, from: file }\n- { name: Why, from: error }\n'
  await writeFile(place.path('columns.yaml'), columns)
  const args = ['jobs', 'export', '--format', 'xlsx', '--columns', 'columns.yaml']
  expect((await place.run([...args, '--out', 'rows.xlsx'])).code).toBe(0)
  const { sheets } = await readXlsx(new Uint8Array(await readFile(place.path('rows.xlsx'))))
  expect(sheets[0]!.rows.map(([document]) => document).sort()).toEqual(['Document', 'broken.pdf', 'taxi.jpg'])
  expect((await place.run([...args, '--per', 'item'])).code).toBe(2)
  expect((await place.run(['watch', 'nowhere'])).code).toBe(2)
})
