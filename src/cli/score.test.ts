import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorkplace, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const files = [sample('sg-cafe-skew-09'), sample('sg-ticket-skew-34')]
const truths = dirname(dirname(files[0]!))

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await place.run(['extract', ...files, '--format', 'jsonl', '--out', 'rows.jsonl'])
})
afterAll(() => place[Symbol.asyncDispose]())

const score = (...args: string[]) => place.run(['score', ...args])

test('compares rows with the truth that lies beside the samples', async () => {
  const { code, stdout, stderr } = await score('rows.jsonl', '--truth', truths)
  expect(stdout).toMatch(/\/total +│ +2 │ +1\.000 │ +1\.000 │ +1\.000/)
  expect(stdout).toMatch(/\/date +│ +2 │ +1\.000/)
  expect([code, stderr]).toEqual([0, ''])
})

test('as JSON, and with documents that have no row', async () => {
  const [some, all] = await Promise.all([
    score('rows.jsonl', '--truth', truths, '--json'),
    score('rows.jsonl', '--truth', truths, '--json', '--all'),
  ])
  expect(JSON.parse(some.stdout)).toMatchObject({
    documents: { total: 2, missingRows: 0 },
    rowsWithoutTruth: 0,
  })
  const { documents } = JSON.parse(all.stdout) as { documents: { total: number; missingRows: number } }
  expect(documents.missingRows).toBe(documents.total - 2)
  expect(documents.total).toBeGreaterThan(10)
})

test('says in one line what is wrong with its input', async () => {
  await writeFile(place.path('no-rows.jsonl'), '{"file":"a.jpg"}\n')
  const calls: [RegExp, ...string[]][] = [
    [/^parallax: Line 1 of no-rows\.jsonl is not a row.*\n$/, 'no-rows.jsonl', '--truth', truths],
    [/^parallax: absent\.jsonl cannot be read.*\n$/, 'absent.jsonl', '--truth', truths],
    [/^parallax: There are no truths in \..*\n$/, 'rows.jsonl', '--truth', '.'],
    [/required option '--truth <dir>'/, 'rows.jsonl'],
  ]
  const all = await Promise.all(calls.map(([, ...args]) => score(...args)))
  all.forEach(({ code, stdout, stderr }, i) => {
    expect(stderr).toMatch(calls[i]![0])
    expect([code, stdout]).toEqual([2, ''])
  })
})
