import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { currentType, loadType, reloadType, searchTypesIn } from './load.ts'
import { openTypeFolder, type TypeFolder } from './type-folder.ts'

let home: string
let types: TypeFolder
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kept-types-'))
  types = openTypeFolder(home)
  searchTypesIn(home)
})
afterEach(() => rm(home, { recursive: true, force: true }))

const schema = (...fields: readonly string[]): string =>
  JSON.stringify({
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field, { type: ['string', 'null'] }])),
  })
const versions = async (name = 'order') => (await readdir(join(home, 'types', name))).sort()

test('each schema is a version of its own, unless it is the one in use', async () => {
  expect(await types.list()).toEqual([])
  const first = await types.put('order', schema('a'))
  expect(first).toMatchObject({
    isNew: true,
    kept: { version: 1, ref: { file: 'types/order/1.schema.json' } },
  })
  expect(await types.put('order', schema('a'))).toEqual({ ...first, isNew: false })
  expect((await types.put('order', schema('b'))).kept.version).toBe(2)
  expect((await types.put('order', schema('a'))).kept.version).toBe(3)
  expect(await types.find('order')).toMatchObject({ version: 3, text: schema('a') })
  expect(await readFile(join(home, 'types/order/2.schema.json'), 'utf8')).toBe(schema('b'))
})

test('writers at once each have a version, and none overwrites another', async () => {
  const texts = Array.from({ length: 20 }, (_, i) => schema(`f${i}`))
  const put = await Promise.all(texts.map((text) => openTypeFolder(home).put('order', text)))
  expect(new Set(put.map(({ kept }) => kept.version)).size).toBe(20)
  for (const [i, { kept }] of put.entries())
    expect(await readFile(join(home, kept.ref.file), 'utf8')).toBe(texts[i])
  expect(await versions()).toHaveLength(20)
})

test('the same schema of writers at once is one version', async () => {
  const put = await Promise.all(Array.from({ length: 10 }, () => types.put('order', schema('a'))))
  expect(put.map(({ kept }) => kept.version)).toEqual(Array<number>(10).fill(1))
  expect(put.filter(({ isNew }) => isNew)).toHaveLength(1)
})

test.each(['', 'Order', '1a', 'a_b', '../up', 'a/b', `a${'b'.repeat(61)}`, '__proto__', 'constructor ', 'receipt'])(
  'no type can be called %j',
  async (name) => {
    await expect(types.put(name, schema('a'))).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
    expect(await types.find(name)).toBeNull()
    expect(await types.remove(name)).toBe(false)
    expect(await readdir(home)).toEqual([])
  },
) // prettier-ignore

test('a type that was removed is found no longer, but its versions are, and it may come again', async () => {
  const { kept } = await types.put('order', schema('a'))
  const { ref } = await loadType('order', '/')
  expect(ref).toEqual(kept.ref)
  expect(await Promise.all([types.remove('order'), types.remove('order')])).toContain(true)
  expect(await types.remove('order')).toBe(false)
  expect([await types.find('order'), await types.list()]).toEqual([null, []])
  await expect(loadType('order', '/')).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  expect((await reloadType(ref)).type.name).toBe('order')
  const again = await types.put('order', schema('a'))
  expect(again).toMatchObject({ isNew: true, kept: { version: 3 } })
})

test('goes by its name after the built-in types, and is named where another is asked for', async () => {
  await types.put('order', schema('number'))
  const { type, ref } = await loadType('order', '/')
  expect([type.name, ref.file]).toEqual(['order', 'types/order/1.schema.json'])
  expect(type.template.fill({ pages: [pageOf('Number: 417')], entities: [] }).data).toEqual({ number: '417' })
  await expect(loadType('odrer', '/')).rejects.toThrow(/known are .*receipt.*order, or give a file/)
  await mkdir(join(home, 'types/receipt'), { recursive: true })
  await writeFile(join(home, 'types/receipt/1.schema.json'), schema('a'))
  expect((await loadType('receipt', '/')).ref.file).toBeNull()
})

test('work keeps the version that it was submitted with, also where the data folder has moved', async () => {
  await types.put('order', schema('number', 'gone'))
  const { ref } = await loadType('order', '/')
  await types.put('order', schema('number'))
  const fields = async () => Object.keys((await currentType(ref)).jsonSchema['properties' as never])
  expect(await fields()).toEqual(['number', 'gone'])
  await rename(home, `${home}-moved`)
  searchTypesIn(`${home}-moved`)
  home = `${home}-moved`
  expect(await fields()).toEqual(['number', 'gone'])
  expect((await reloadType(ref)).ref).toEqual(ref)
})

test('a damaged version harms no other type, and is mended by the next one', async () => {
  await types.put('order', schema('a'))
  await types.put('slip', schema('b'))
  const { ref } = await loadType('order', '/')
  await writeFile(join(home, 'types/order/1.schema.json'), '{"type":')
  await expect(loadType('order', '/')).rejects.toMatchObject({ code: 'E_TYPE_INVALID' })
  expect((await types.list()).map(({ ref }) => ref.name)).toEqual(['order', 'slip'])
  await expect(reloadType(ref)).rejects.toMatchObject({ code: 'E_TYPE_INVALID' })
  expect((await types.put('order', schema('a'))).kept.version).toBe(2)
  expect((await loadType('order', '/')).ref.file).toBe('types/order/2.schema.json')
})

test('what lies in the folder besides is no type', async () => {
  await mkdir(join(home, 'types/order/3.schema.json'), { recursive: true })
  await writeFile(join(home, 'types/mine.ts'), '')
  await mkdir(join(home, 'types/empty'))
  await writeFile(join(home, 'types/empty/01.schema.json'), schema('a'))
  expect((await types.list()).map(({ ref, text }) => [ref.name, text])).toEqual([['order', '']])
  expect((await types.put('order', schema('a'))).kept.version).toBe(4)
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is told', async () => {
  await mkdir(join(home, 'types'), { mode: 0o500 })
  await expect(types.put('order', schema('a'))).rejects.toMatchObject({ code: 'E_STORAGE' })
  await chmod(join(home, 'types'), 0o700)
})

test('a file in the place of the folder is told', async () => {
  await writeFile(join(home, 'types'), '')
  expect(await types.list()).toEqual([])
  await expect(types.put('order', schema('a'))).rejects.toMatchObject({ code: 'E_STORAGE' })
})
