import { expect, test } from 'vitest'
import { coverageByFolder, summarySchema } from './coverage-by-folder.ts'

const count = (covered: number, total: number) => ({ total, covered, skipped: 0, pct: 0 })
const file = (covered: number, total: number) => ({
  lines: count(covered, total),
  branches: count(covered, 2 * total),
  functions: count(0, 0),
  statements: count(0, 0),
})

test('files of a folder count by their size, folders come by name, all files last', () => {
  const summary = summarySchema.parse({
    total: file(1, 1),
    '/home/p/workers/documents.ts': file(1, 2),
    '/home/p/src/queue/redis.ts': file(10, 10),
    '/home/p/src/queue/deep/er.ts': file(0, 30),
    '/home/p/src/app.ts': file(3, 4),
  })
  expect(coverageByFolder(summary, '/home/p')).toEqual([
    { folder: 'src', lines: 0.75, branches: 0.375, functions: null },
    { folder: 'src/queue', lines: 0.25, branches: 0.125, functions: null },
    { folder: 'workers', lines: 0.5, branches: 0.25, functions: null },
    { folder: 'all', lines: 14 / 46, branches: 14 / 92, functions: null },
  ])
})

test('nothing has no shares', () => {
  expect(coverageByFolder({}, '/')).toEqual([{ folder: 'all', lines: null, branches: null, functions: null }])
})
