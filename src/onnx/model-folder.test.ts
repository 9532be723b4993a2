import { createHash } from 'node:crypto'
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openModel, searchModelsIn } from './model-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'models-'))
afterAll(() => rmSync(root, { recursive: true }))
const folder = pathToFileURL(`${root}/`)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function ship(model: string, content: string, manifest: unknown): void {
  mkdirSync(join(root, model), { recursive: true })
  writeFileSync(join(root, model, 'weights'), content)
  writeFileSync(join(root, model, 'manifest.json'), JSON.stringify(manifest))
}

const manifest = { name: 'm', version: '1', files: { weights: { sha256: sha256('as trained'), bytes: 10 } } }

it('opens a model and reads its files', async () => {
  ship('good/1', 'as trained', { ...manifest, labels: ['A'] })
  const model = await openModel('good/1', folder)
  expect(model).toMatchObject({ name: 'm', version: '1', manifest: { labels: ['A'] } })
  expect((await model.read('weights')).toString()).toBe('as trained')
})

it('refuses a file with another hash', async () => {
  ship('swapped/1', 'as tampered', manifest)
  const model = await openModel('swapped/1', folder)
  await expect(model.read('weights')).rejects.toThrow('not the one its manifest names')
})

it('refuses a file that the manifest does not name, wherever it lies', async () => {
  const model = await openModel('good/1', folder)
  await expect(model.read('manifest.json')).rejects.toMatchObject({ code: 'E_ENGINE' })
})

it.each([
  ['a model that is not there', () => 'missing/1'],
  ['a manifest without hashes', () => (ship('bare/1', '', { name: 'm', version: '1' }), 'bare/1')],
])('refuses %s', (_, model) => expect(openModel(model(), folder)).rejects.toMatchObject({ code: 'E_ENGINE' }))

const shipped = new URL('../../models/', import.meta.url)
const models = readdirSync(shipped).flatMap((name) =>
  readdirSync(new URL(`${name}/`, shipped)).map((version) => `${name}/${version}`),
)

it.each(models)('%s is shipped as its manifest says', async (name) => {
  const model = await openModel(name)
  expect(`${model.name}/${model.version}`).toBe(name)
  const { files } = model.manifest as { files: Record<string, { bytes: number }> }
  for (const [file, { bytes }] of Object.entries(files)) {
    expect((await model.read(file)).length, file).toBe(bytes)
    expect(bytes, file).toBeLessThan(30e6)
  }
})

it('is looked for in other folders before those that ship', async () => {
  ship('mine/1', 'as trained', manifest)
  await expect(openModel('mine/1')).rejects.toMatchObject({ code: 'E_ENGINE' })
  searchModelsIn(root)
  expect(await openModel('mine/1')).toMatchObject({ name: 'm' })
  expect(await openModel('receipt-tagger/1')).toMatchObject({ name: 'receipt-tagger' })
})
