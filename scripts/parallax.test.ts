import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { extractionResultSchema } from '../src/core/extraction-result.ts'

const run = promisify(execFile)

it('runs the command line of a checkout with files meant from where its user is', async () => {
  const cwd = resolve(import.meta.dirname, '../samples/receipt/my-restaurant-scan-01')
  const args = ['run', '-s', 'parallax', '--', 'extract', 'page.jpg', '--format', 'jsonl']
  const { stdout } = await run('npm', args, { cwd })
  expect(extractionResultSchema.parse(JSON.parse(stdout))).toMatchObject({ file: 'page.jpg', error: null })
})
