import { mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleResult } from '../stores/samples.case.ts'
import { checkOut, encoder, openRowWriter, rowFormats, type RowFormat } from './row-writer.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'))
})
afterEach(() => rm(folder, { recursive: true }))

const schema = { type: 'object', properties: { total: { type: 'number' } } }
const rows = ['a.jpg', 'b\n.jpg'].map((file) => ({ file, ...sampleResult() }))
const format = (name: RowFormat) => encoder(name, schema, 'document')

async function write(file: string, name: RowFormat, count: number): Promise<string> {
  await using writer = await openRowWriter(file, format(name))
  for (const row of rows.slice(0, count)) await writer.write(row)
  await writer.finish()
  return await readFile(file, 'utf8')
}

test.each([0, 1, 2])('writes %d rows as JSON, and as JSON lines', async (count) => {
  const expected = rows.slice(0, count)
  expect(JSON.parse(await write(join(folder, 'rows.json'), 'json', count))).toEqual(expected)
  const lines = (await write(join(folder, 'rows.jsonl'), 'jsonl', count)).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected)
})

test('writes CSV with its heading', async () => {
  expect(await write(join(folder, 'rows.csv'), 'csv', 1)).toBe(
    '"file","verdict","error","flags","total"\n"a.jpg","accepted",,,9\n',
  )
})

test.each(rowFormats)('a file keeps what it held until all %s is written', async (name) => {
  const file = join(folder, 'out')
  await writeFile(file, 'before')
  const dropped = await openRowWriter(file, format(name))
  await dropped.write(rows[0]!)
  expect(await readFile(file, 'utf8')).toBe('before')
  await dropped[Symbol.asyncDispose]()
  expect(await readFile(file, 'utf8')).toBe('before')
  expect(await write(file, name, 1)).toContain('a.jpg')
  expect(await readdir(folder)).toEqual(['out'])
})

test('a link stays, and what it points to is replaced', async () => {
  await writeFile(join(folder, 'target'), 'before')
  await symlink('target', join(folder, 'link'))
  await write(join(folder, 'link'), 'csv', 1)
  expect(await readlink(join(folder, 'link'))).toBe('target')
  expect(await readFile(join(folder, 'target'), 'utf8')).toContain('a.jpg')
})

test.each([
  ['a folder', '.'],
  ['below a folder that is not there', 'none/out.json'],
  ['below a file', 'file/out.json'],
])('says that %s cannot be written', async (_, name) => {
  await writeFile(join(folder, 'file'), '')
  const file = join(folder, name)
  await expect(openRowWriter(file, format('json'))).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringContaining(`${file} cannot be written: `),
  })
})

test('says when the disk is full', async () => {
  await using writer = await openRowWriter('/dev/full', format('jsonl'))
  await expect(writer.write(rows[0]!)).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: '/dev/full cannot be written: the disk is full.',
  })
})

test('a document that is to be read is not written over', async () => {
  const scan = join(folder, 'scan.jpg')
  await writeFile(scan, 'pixels')
  await expect(checkOut(scan, [scan])).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await checkOut(join(folder, 'rows.jsonl'), [scan])
  expect(await readFile(scan, 'utf8')).toBe('pixels')
})
