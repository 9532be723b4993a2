import { execFile, spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { acceptedBatchSchema, batchSchema } from '../contract/jobs.ts'
import { rowSchema } from '../core/row.ts'
import { openTestService, samplePage, type TestService } from '../api/service.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const heading = 'From a program'

const readme = await readFile(join(root, 'README.md'), 'utf8')
const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''

/** The examples of the section in one language, in order. */
const examples = (language: string): readonly string[] =>
  [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, of, text]) =>
    of === language ? [text!] : [],
  )

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
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-readme-'))
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

/** What the nth example prints; it prints nothing else, and ends well. */
async function printed(n: number): Promise<readonly string[]> {
  const file = join(folder, `example-${n}.ts`)
  await writeFile(file, here(examples('ts')[n]!))
  const { stdout, stderr } = await run(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
    cwd: folder,
    env,
  })
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

test('the README has examples for the library, the client and curl', () => {
  expect([examples('ts').length, examples('sh').length]).toEqual([3, 2])
})

test.each([true, false])(
  'the examples have the types that they use, exactOptionalPropertyTypes: %s',
  async (exactOptionalPropertyTypes) => {
    for (const [n, text] of examples('ts').entries()) await writeFile(join(folder, `typed-${n}.ts`), text)
    const paths = {
      parallax: [join(root, 'src/index.ts')],
      'parallax/client': [join(root, 'src/client/client.ts')],
      zod: [join(root, 'node_modules/zod')],
    }
    const typeRoots = [join(root, 'node_modules/@types')]
    const compilerOptions = { noEmit: true, rootDir: '/', paths, typeRoots, exactOptionalPropertyTypes }
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: ['typed-*.ts', join(root, 'src/**/*.d.ts')],
      exclude: [],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/.bin/tsc')
    const { stdout } = await run(tsc, ['-p', folder]).catch((error: unknown) => error as { stdout: string })
    expect(stdout).toBe('')
  },
)

test('the library reads a document, and then a folder', async () => {
  const lines = await printed(0)
  expect(lines[0]).toMatch(/^(accepted|needs_review) 15\.96 (0\.\d+|1)$/)
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^scans\/a\.jpg (accepted|needs_review)$/),
    expect.stringMatching(/^scans\/b\.jpg (accepted|needs_review)$/),
  ])
})

test('the library reads a type in a file', async () => {
  expect(await printed(1)).toEqual(['HOLLOWICK'])
})

test('the client submits, waits, reads rows, looks at the review queue and understands a refusal', async () => {
  const lines = await printed(2)
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
  const [submit, follow] = examples('sh')
  const { id, jobs } = acceptedBatchSchema.parse(JSON.parse(await shell(submit!)))
  expect(jobs.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg'])
  const lines = (await shell(follow!, { BATCH: id })).split('\n')
  const finished = lines[lines.indexOf('event: finished') + 1]!
  expect(batchSchema.parse(JSON.parse(finished.replace('data: ', '')))).toMatchObject({ id, finished: true })
  const rows = lines.filter((line) => line.startsWith('{')).map((line) => rowSchema.parse(JSON.parse(line)))
  expect(rows.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg'])
})
