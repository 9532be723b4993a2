import { execFile, spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openTestService, samplePage, type TestService } from '../../src/api/service.case.ts'
import { acceptedBatchSchema, batchSchema } from '../../src/contract/jobs.ts'
import { extractionResultSchema } from '../../src/core/extraction-result.ts'
import { readPage, root, type Page } from './pages.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const run = promisify(execFile)

const readme = await readPage('README.md')
const library = await readPage('docs/library.md')
const client = await readPage('docs/client.md')

/** The examples of a page in one language, in order. */
const examples = ({ fences }: Page, language: string): readonly string[] =>
  fences.filter((fence) => fence.language === language).map(({ text }) => text)

const typeFile = `import { z } from 'zod'
import { defineDocumentType, regex, template } from 'parallax'

export default defineDocumentType({
  name: 'delivery-note',
  schema: z.object({ number: z.string().nullable() }),
  required: [],
  template: template({ '/number': regex(/(HOLLOWICK)/) }),
  rules: [],
})
`

let folder: string
let at: TestService
let worker: AsyncDisposable
let env: NodeJS.ProcessEnv
let examplesRun = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-programs-'))
  at = await openTestService({ env: { PARALLAX_AUDIT: '1' } })
  worker = await at.work()
  env = { ...process.env, PARALLAX_HOME: join(folder, 'home'), PARALLAX_KEY: await at.key('reviewer', 'a') }
  await mkdir(join(folder, 'scans'))
  await copyFile(samplePage('sg-ticket-skew-34'), join(folder, 'scans/a.jpg'))
  await copyFile(samplePage('sg-cafe-skew-09'), join(folder, 'scans/b.jpg'))
  await writeFile(join(folder, 'my-type.ts'), typeFile)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await installPackage()
})
afterAll(async () => {
  await worker[Symbol.asyncDispose]()
  await at[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** The package as a program finds it, from its sources. */
async function installPackage(): Promise<void> {
  const target = join(folder, 'node_modules/parallax')
  await mkdir(target, { recursive: true })
  await symlink(join(root, 'node_modules/zod'), join(folder, 'node_modules/zod'))
  const exported = { '.': './index.js', './client': './client.js' }
  await writeFile(
    join(target, 'package.json'),
    JSON.stringify({ name: 'parallax', type: 'module', exports: exported }),
  )
  for (const [name, source] of [
    ['index', 'src/index.ts'],
    ['client', 'src/client/client.ts'],
  ] as const)
    await writeFile(
      join(target, `${name}.js`),
      `export * from ${JSON.stringify(pathToFileURL(join(root, source)).href)}\n`,
    )
}

const here = (text: string): string => text.replaceAll('http://127.0.0.1:7272', at.url)

const node = (args: readonly string[], cwd: string) =>
  run(process.execPath, ['--import', import.meta.resolve('tsx'), ...args], { cwd, env })

/** What an example prints; it prints nothing else, and ends well. */
async function printed(text: string): Promise<readonly string[]> {
  const file = join(folder, `example-${examplesRun++}.ts`)
  await writeFile(file, here(text))
  const { stdout, stderr } = await node([file], folder)
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

test('there are examples for the library, the client and curl', () => {
  expect(examples(library, 'ts')).toHaveLength(2)
  expect([examples(client, 'ts').length, examples(client, 'sh').length]).toEqual([1, 2])
})

/** Figures and places, which another machine may compute otherwise, and what the page cuts short. */
const volatile = ['confidence', 'box', 'message']

/** As much of a value as the page shows of it: shorter lists, fewer keys. */
function cut(value: unknown, shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map((one, i) => cut((value as readonly unknown[])[i], one))
  if (typeof shown !== 'object' || shown === null) return value
  const parts = Object.entries(shown).filter(([key]) => !volatile.includes(key))
  return Object.fromEntries(
    parts.map(([key, part]) => [key, cut((value as Record<string, unknown>)[key], part)]),
  )
}

test('the README shows what its command prints', async () => {
  const command = examples(readme, 'sh').find((text) => text.startsWith('parallax extract'))!
  const [, ...words] = command.trim().split(' ')
  const { stdout } = await node([join(root, 'src/cli/main.ts'), ...words], root)
  const shown: unknown = JSON.parse(examples(readme, 'json')[0]!)
  const [result] = z.tuple([extractionResultSchema]).parse(JSON.parse(stdout))
  expect(cut(result, shown)).toEqual(cut(shown, shown))
})

test('the library reads a document, and then a folder', async () => {
  const lines = await printed(examples(library, 'ts')[0]!)
  expect(lines[0]).toMatch(/^(accepted|needs_review) 15\.96 (0\.\d+|1)$/)
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^scans\/a\.jpg (accepted|needs_review)$/),
    expect.stringMatching(/^scans\/b\.jpg (accepted|needs_review)$/),
  ])
})

test('the library reads a type in a file', async () => {
  expect(await printed(examples(library, 'ts')[1]!)).toEqual(['HOLLOWICK'])
})

test('the client submits, waits, reads rows, looks at the review queue and understands a refusal', async () => {
  const lines = await printed(examples(client, 'ts')[0]!)
  expect(lines[0]).toBe('0 of 2')
  expect(lines).toContain('a.jpg needs_review 15.96')
  expect(lines).toContain('b.jpg needs_review 42.8')
  expect(lines.filter((line) => line.startsWith('a.jpg'))).toHaveLength(2)
  expect(lines.at(-1)).toBe('E_NOT_FOUND false')
})

/** What a shell says to a text; the service answers from this process, which must not wait for it. */
async function shell(text: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await run('sh', ['-ec', here(text)], { cwd: folder, env: { ...env, ...more } })
  expect(stderr).toBe('')
  return stdout
}

test.skipIf(spawnSync('curl', ['--version']).status !== 0)('curl does the same', async () => {
  const [submit, follow] = examples(client, 'sh')
  const { id, jobs } = acceptedBatchSchema.parse(JSON.parse(await shell(submit!)))
  expect(jobs.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg'])
  const lines = (await shell(follow!, { BATCH: id })).split('\n')
  const finished = lines[lines.indexOf('event: finished') + 1]!
  expect(batchSchema.parse(JSON.parse(finished.replace('data: ', '')))).toMatchObject({ id, finished: true })
  const results = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => extractionResultSchema.parse(JSON.parse(line)))
  expect(results.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg'])
})
