import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { searchModelsIn } from './model-folder.ts'
import { askerFor, chooseVersion, chosenVersion, ownModelName, ownModelOf, ownVersions } from './own-model.ts'

const models = await mkdtemp(join(tmpdir(), 'own-models-'))
afterAll(() => rm(models, { recursive: true }))
searchModelsIn(models)

test('types have models of their own, whatever they are called', () => {
  expect(ownModelName('ad-buy')).toBe('document-ad-buy')
  const names = ['Ad Buy', 'ad buy', 'ad_buy', 'ad-buy', '../x', 'Größe'].map(ownModelName)
  expect(new Set(names).size).toBe(names.length)
  expect(names.every((name) => /^document-[a-z0-9-]+$/.test(name))).toBe(true)
})

test('a version is in use from when it is chosen until another is, or none', async () => {
  expect(await ownModelOf('order')).toBeNull()
  expect(await askerFor('order')).toBe('document/3')
  await chooseVersion(models, 'order', 2)
  expect(await ownModelOf('order')).toBe('document-order/2')
  expect(await chosenVersion(models, 'order')).toBe(2)
  expect(await askerFor('orders')).toBe('document/3')
  await chooseVersion(models, 'order', null)
  expect(await ownModelOf('order')).toBeNull()
})

test('work is read by the model that its pipeline names', async () => {
  await chooseVersion(models, 'order', 3)
  const pipeline = (asker: string): string => `parallax@1+pp-ocr@2+${asker}+parts@1`
  expect(await askerFor('order', pipeline('document-order@1.0a1b2c3d'))).toBe('document-order/1')
  expect(await askerFor('order', pipeline('document@3.0a1b2c3d'))).toBe('document/3')
  expect(await askerFor('order', 'parallax@1+receipt-dense@1')).toBe('document-order/3')
})

test('versions are told in their order, and a choice that cannot be read is', async () => {
  for (const name of ['10', '2', '1.part', 'x'])
    await mkdir(join(models, 'document-slip', name), { recursive: true })
  expect(await ownVersions(models, 'slip')).toEqual([2, 10])
  expect(await ownVersions(models, 'nothing')).toEqual([])
  await writeFile(join(models, 'document-slip', 'chosen.json'), '{"version":"two"}')
  await expect(ownModelOf('slip')).rejects.toMatchObject({ code: 'E_ENGINE' })
})
