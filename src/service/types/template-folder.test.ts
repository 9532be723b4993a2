import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadType } from '../../document-types/load.ts'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { readTemplates, templatesFor } from './template-folder.ts'
import { keepTemplates, parseTemplates } from './templates.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'))
})
afterEach(() => rm(folder, { recursive: true }))

const yaml = (type = 'receipt') =>
  `vendor: A\ntype: ${type}\nmatch: ABC\nfields:\n  /total: { anchor: Total }\n`
const write = (file: string, text = yaml()) => writeFile(join(folder, file), text)
const read = () => readTemplates({ folder, required: true })

test('all YAML files of the folder, by name', async () => {
  for (const file of ['b.yml', 'a.yaml', '.hidden.yaml', 'notes.txt']) await write(file)
  expect((await read()).map(({ name }) => name)).toEqual(['a', 'b'])
})

test.each([
  ['a broken file', 'b.yaml', 'fields: 1\n', /b\.yaml/],
  ['a huge file', 'b.yaml', `# ${'x'.repeat(70_000)}`, /larger than 64 KB/],
  ['two files of a name', 'a.yml', yaml(), /two vendor templates "a"/],
])('%s is told', async (_, file, text, words) => {
  await write('a.yaml')
  await write(file, text)
  await expect(read()).rejects.toThrow(words)
})

test('a folder in place of a file, and none where one was asked for, are told', async () => {
  await expect(readTemplates({ folder: join(folder, 'none'), required: true })).rejects.toThrow(/no folder/)
  expect(await readTemplates({ folder: join(folder, 'none'), required: false })).toEqual([])
  await mkdir(join(folder, 'a.yaml'))
  await expect(read()).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})

test('a pipe is refused, not waited for', async () => {
  await promisify(execFile)('mkfifo', [join(folder, 'a.yaml')])
  await expect(read()).rejects.toThrow(/a\.yaml cannot be used: it is not a file/)
})

test('those for a type, once all are good', async () => {
  await write('a.yaml')
  await write('b.yaml', yaml('invoice'))
  const receipt = await loadType('receipt', '/')
  const own = await templatesFor(receipt, { folder, required: true })
  expect(own.templates.map(({ name }) => name)).toEqual(['a'])
  expect(own.otherTypes).toEqual(['invoice'])
  expect(await templatesFor(receipt, undefined)).toEqual({ templates: [], otherTypes: [] })
  await write('c.yaml', 'vendor: C')
  await expect(templatesFor(receipt, { folder, required: true })).rejects.toThrow(/c\.yaml/)
})

test('are kept with work as they were, under one name for the same', async () => {
  await write('a.yaml')
  const blobs = fileBlobs(join(folder, 'blobs'))
  const templates = await read()
  const hash = (await keepTemplates(blobs, templates))!
  expect(await keepTemplates(blobs, await read())).toBe(hash)
  expect(await keepTemplates(blobs, [])).toBeNull()
  await write('a.yaml', yaml().replace('Total', 'Sum'))
  expect(await keepTemplates(blobs, await read())).not.toBe(hash)
  expect(parseTemplates((await blobs.get(hash))!)).toEqual(templates)
})
