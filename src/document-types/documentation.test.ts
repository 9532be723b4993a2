import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPage, root } from '../../scripts/documentation/pages.case.ts'
import { pageOf } from '../core/page.case.ts'
import { extractionResultSchema } from '../core/extraction-result.ts'
import { validate } from '../extractors/validate.ts'
import { loadType } from './load.ts'

const { fences: blocks } = await readPage('docs/document-types.md')

/** The examples in one language, in order. */
const examples = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-types-'))
  await writeFile(join(folder, 'order.schema.json'), examples('json')[0]!)
  await writeFile(join(folder, 'delivery.ts'), examples('ts')[0]!)
  await mkdir(join(folder, 'scans'))
  await copyFile(join(root, 'samples/receipt/sg-ticket-skew-34/page.jpg'), join(folder, 'scans/a.jpg'))
})
afterAll(() => rm(folder, { recursive: true }))

test('the page shows two types, what they read and what they make of it, and how to try them', () => {
  const languages = blocks.map(({ language }) => language)
  expect(languages.filter((one) => one !== 'sh')).toEqual(['json', 'text', 'json', 'ts', 'text', 'json'])
  expect(languages.filter((one) => one === 'sh').length).toBeGreaterThan(2)
})

test.each([
  ['./order.schema.json', 0, 1],
  ['./delivery.ts', 1, 2],
])('%s makes of its page what the documentation says', async (file, shown, made) => {
  const { type } = await loadType(file, folder)
  const filled = type.template.fill({ pages: [pageOf(examples('text')[shown]!)], entities: [] })
  expect(validate(filled.data, type)).toEqual({
    data: JSON.parse(examples('json')[made]!) as unknown,
    violations: [],
  })
})

test('the command reads a document by the type', { timeout: 240_000 }, async () => {
  const command = examples('sh')[0]!.trim().split(' ').slice(1)
  const main = join(root, 'src/cli/main.ts')
  const env = { ...process.env, PARALLAX_HOME: join(folder, 'home') }
  const given = ['--import', import.meta.resolve('tsx'), main, ...command, '--format', 'jsonl']
  const { stdout } = await promisify(execFile)(process.execPath, given, { cwd: folder, env })
  const result = extractionResultSchema.parse(JSON.parse(stdout))
  expect(result).toMatchObject({ documentType: 'order', verdict: 'needs_review', error: null })
  expect(result.data).toMatchObject({ remark: null })
  expect(result.attempts.every(({ model }) => !model.includes('tagger'))).toBe(true)
})
