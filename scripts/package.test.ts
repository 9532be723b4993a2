import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { extractionResultSchema, type ExtractionResult } from '../src/core/extraction-result.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const sample = join(root, 'samples/receipt/my-restaurant-scan-01/page.jpg')

/** As it would be in node_modules: the package, and beside it the dependencies it declares, nothing else. */
async function unpackInto(nodeModules: string): Promise<void> {
  const tarballs = await mkdtemp(join(tmpdir(), 'parallax-tarball-'))
  // The project's .npmrc keeps npm from running scripts, and prepack builds.
  await run('npm', ['pack', '--ignore-scripts=false', '--pack-destination', tarballs], { cwd: root })
  const [tarball] = await readdir(tarballs)
  await mkdir(join(nodeModules, 'parallax'), { recursive: true })
  await run('tar', [
    '-xzf',
    join(tarballs, tarball!),
    '--strip-components=1',
    '-C',
    join(nodeModules, 'parallax'),
  ])
  await rm(tarballs, { recursive: true })
  const manifest = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(join(nodeModules, 'parallax/package.json'), 'utf8')))
  for (const name of Object.keys(manifest.dependencies)) {
    await mkdir(dirname(join(nodeModules, name)), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(nodeModules, name))
  }
}

const typeFile = `import { z } from 'zod'
import { anchor, defineDocumentType, entity, money, template } from 'parallax'

export default defineDocumentType({
  name: 'till-slip',
  schema: z.object({ shop: z.string().nullable(), total: z.number().nullable() }),
  required: ['/total'],
  model: 'receipt/1',
  template: template({ '/shop': entity('MERCHANT_NAME'), '/total': anchor('Total', { as: money }) }),
  rules: [({ total }) => (total === 0 ? [{ code: 'FREE', field: '/total', message: 'Nothing was paid.' }] : [])],
})
`

describe('the published package', () => {
  let folder: string
  let main: string

  async function parallax(...args: readonly string[]): Promise<ExtractionResult> {
    const env = { ...process.env, PARALLAX_HOME: join(folder, 'home') }
    const { stdout } = await run(process.execPath, [main, ...args, '--format', 'jsonl'], { cwd: folder, env })
    return extractionResultSchema.parse(JSON.parse(stdout))
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parallax-package-'))
    const nodeModules = join(folder, 'lib/node_modules')
    await unpackInto(nodeModules)
    main = join(nodeModules, 'parallax/dist/src/cli/main.js')
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true }))

  it('cannot reach the loader for TypeScript, so none of its processes needs it', () => {
    expect(() => createRequire(main).resolve('tsx')).toThrow(/Cannot find module 'tsx'/)
  })

  it('reads a document, from any folder', async () => {
    const result = await parallax('extract', sample)
    expect(result).toMatchObject({ file: sample, documentType: 'receipt', error: null })
    expect(result.data).toMatchObject({ total: expect.any(Number) })
  })

  it('reads through the queue, with a worker process of its own', async () => {
    expect(await parallax('batch', sample)).toMatchObject({ file: sample, error: null })
  })

  it('brings types that a type file can be checked with', async () => {
    await writeFile(join(folder, 'lib/till-slip.ts'), typeFile)
    const tsc = join(root, 'node_modules/.bin/tsc')
    const strictly = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022']
    await run(tsc, [...strictly, 'till-slip.ts'], { cwd: join(folder, 'lib') })
  })

  it("reads a user's type file that stands where no package is installed", async () => {
    await writeFile(join(folder, 'till-slip.ts'), typeFile)
    const result = await parallax('extract', sample, '--type', './till-slip.ts')
    expect(result).toMatchObject({ documentType: 'till-slip', error: null })
    expect(Object.keys(result.fields)).toEqual(['/shop', '/total'])
  })
})
