import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { failedResult, resultOf } from '../scoring/metrics/result.case.ts'
import type { GroupRisk } from '../trust/risk.ts'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const hostile = 'dense@1"} 7\n# HELP \\'
const attempts: ExtractionResult['attempts'] = [{ path: 'modular', model: hostile, score: 1, ms: 1 }]
const results = [
  resultOf({ '/total': [9, '9.00'], '/tip': [1, '1.00'] }, { file: 'a.jpg', attempts }),
  resultOf(
    { '/total': [9, '9.00'] },
    {
      file: 'b.jpg',
      attempts,
      verdict: 'needs_review',
      flags: [{ code: 'OUTPUT_CUT', field: null, message: 'The model was stopped.' }],
    },
  ),
  failedResult('c.jpg'),
]

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await writeFile(place.path('rows.jsonl'), results.map((result) => `${JSON.stringify(result)}\n`).join(''))
  await writeFile(place.path('none.jsonl'), '\n')
  await writeFile(place.path('no-rows.jsonl'), '\n{"file":"a.jpg"}\n')
  await mkdir(place.path('truths'))
  await writeFile(place.path('truths', 'a.json'), JSON.stringify({ total: 9, tip: null, tax: null }))
})
afterAll(() => place[Symbol.asyncDispose]())

const metrics = (...args: string[]) => place.run(['metrics', ...args])

test('a table for each group, with its counts', async () => {
  const { code, stdout, stderr } = await metrics('rows.jsonl')
  expect(stdout).toMatch(/^2 documents of type receipt, read by dense@1"} 7 # HELP \\$/m)
  expect(stdout).toMatch(/documents accepted +│ +50\.0 % │ +1 │ +2 │/)
  expect(stdout).toMatch(/values that no other reader finds +│ +– │ +0 │ +0 │/)
  expect(stdout).toContain(
    ' 1 OUTPUT_CUT: The model reached its limit or repeated itself, and was stopped.\n',
  )
  expect(stdout).toMatch(/^1 document of type receipt, read by none$/m)
  expect(stdout).toContain('  1 E_CORRUPT\n')
  expect(stdout).not.toContain('where nothing is printed')
  expect([code, stderr]).toEqual([0, ''])
})

test('as JSON, and with a truth', async () => {
  const { stdout } = await metrics('rows.jsonl', '--format', 'json', '--truth', 'truths')
  const [group] = JSON.parse(stdout) as GroupRisk[]
  expect(group).toMatchObject({ models: hostile, documents: 2, invented: { count: 1, of: 2, share: 0.5 } })
})

test('for Prometheus, in its text format', async () => {
  const { code, stdout } = await metrics('rows.jsonl', '--format', 'prometheus')
  const own = String.raw`type="receipt",model="dense@1\"} 7\n# HELP \\"`
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      '# HELP parallax_documents_total Documents by verdict.',
      '# TYPE parallax_documents_total counter',
      `parallax_documents_total{${own},verdict="needs_review"} 1`,
      'parallax_documents_total{type="receipt",model="none",verdict="failed"} 1',
      `parallax_flags_total{${own},code="OUTPUT_CUT"} 1`,
      `parallax_values_total{${own},grounded="unknown"} 3`,
      `parallax_documents_output_errors_total{${own}} 1`,
    ]),
  )
  const line = /^(# (HELP|TYPE) parallax_\w+_total .+|parallax_\w+_total\{(\w+="([^"\\]|\\.)*",?)+\} \d+|)$/
  for (const text of stdout.split('\n')) expect(text).toMatch(line)
  expect(code).toBe(0)
})

test('no rows are no fault, but a line that is none is', async () => {
  expect(await metrics('none.jsonl')).toEqual({ code: 0, stdout: 'There are no rows.\n', stderr: '' })
  const calls: [RegExp, ...string[]][] = [
    [/^parallax: Line 2 of no-rows\.jsonl is not a row.*\n$/, 'no-rows.jsonl'],
    [/^parallax: absent\.jsonl cannot be read.*\n$/, 'absent.jsonl'],
    [/'xml' is invalid\. Allowed choices are table, json, prometheus/, 'rows.jsonl', '--format', 'xml'],
  ]
  const all = await Promise.all(calls.map(([, ...args]) => metrics(...args)))
  all.forEach(({ code, stdout, stderr }, i) => {
    expect(stderr).toMatch(calls[i]![0])
    expect([code, stdout]).toEqual([2, ''])
  })
})
