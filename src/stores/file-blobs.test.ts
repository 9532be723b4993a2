import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileBlobs } from './file-blobs.ts'
import { killAfter } from './kill.case.ts'
import { seeded } from './random.case.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-blobs-'))
})
afterEach(() => rm(folder, { recursive: true }))

const bytes = new TextEncoder().encode('a page')
const pathOf = (digest: string) => join(folder, 'sha256', digest.slice(0, 2), digest)

test('leaves nothing but the blob behind', async () => {
  const digest = await fileBlobs(folder).put(bytes)
  expect(await readdir(join(folder, 'sha256', digest.slice(0, 2)))).toEqual([digest])
})

test('keeps blobs for their owner only', async () => {
  const path = pathOf(await fileBlobs(folder).put(bytes))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'sha256'))).mode & 0o777).toBe(0o700)
})

test('refuses torn bytes, and mends them when they are put again', async () => {
  const blobs = fileBlobs(folder)
  const digest = await blobs.put(bytes)
  await writeFile(pathOf(digest), 'a pa')
  await expect(blobs.get(digest)).rejects.toMatchObject({ code: 'E_STORAGE' })
  await blobs.put(bytes)
  expect(new Uint8Array((await blobs.get(digest))!)).toEqual(bytes)
})

test('says in a sentence when the folder cannot be used', async () => {
  await writeFile(join(folder, 'sha256'), 'not a folder')
  await expect(fileBlobs(folder).put(bytes)).rejects.toMatchObject({
    code: 'E_STORAGE',
    message: expect.stringContaining(folder),
  })
})

test('says when the blob cannot be read', async () => {
  const blobs = fileBlobs(folder)
  const digest = await blobs.put(bytes)
  await rm(pathOf(digest))
  await mkdir(pathOf(digest))
  await expect(blobs.get(digest)).rejects.toMatchObject({ code: 'E_STORAGE' })
})

test('what is put again is as new', async () => {
  const blobs = fileBlobs(folder)
  const digest = await blobs.put(bytes)
  await utimes(pathOf(digest), 1, 1)
  const at = async () => (await blobs.look(digest.slice(0, 2))).blobs[0]!.at
  expect(await at()).toBe(1000)
  await blobs.put(bytes)
  expect(await at()).toBeGreaterThan(1000)
})

test('tells what was never written to its end, and removes it when asked to', async () => {
  const blobs = fileBlobs(folder)
  const digest = await blobs.put(bytes)
  const name = `${digest}.${randomUUID()}.tmp`
  await writeFile(join(dirname(pathOf(digest)), name), 'a pa')
  expect((await blobs.look(digest.slice(0, 2))).unfinished).toMatchObject([{ name }])
  await blobs.discard(name)
  expect((await blobs.look(digest.slice(0, 2))).unfinished).toEqual([])
  expect(await blobs.has(digest)).toBe(true)
})

test('tells strange files and folders from blobs, wherever they lie', async () => {
  const blobs = fileBlobs(folder)
  const digest = await blobs.put(bytes)
  const among = dirname(pathOf(digest))
  const prefix = digest.slice(0, 2)
  await writeFile(join(folder, 'README'), '')
  await mkdir(join(folder, 'sha256', 'lost+found'))
  await writeFile(join(among, 'notes.txt'), '')
  await mkdir(join(among, `${prefix}${'0'.repeat(62)}`))
  await writeFile(join(among, 'f'.repeat(64).replace(/^ff/, prefix === 'ff' ? '00' : 'ff')), '')
  expect([...(await blobs.look('')).foreign].sort()).toEqual(['README', join('sha256', 'lost+found')])
  const found = await blobs.look(prefix)
  expect(found.blobs.map(({ name }) => name)).toEqual([digest])
  expect(found.foreign).toHaveLength(3)
})

test('of a process that is killed at any moment has whole blobs, and what can be told from them', async () => {
  const random = seeded(7)
  for (let kill = 0; kill < 6; kill++) {
    const said = await killAfter(join(import.meta.dirname, 'putting.child.ts'), [folder], random() * 100)
    const blobs = fileBlobs(folder)
    for (const digest of said) expect(await blobs.get(digest)).toHaveLength(100_000)
    for (const prefix of await readdir(join(folder, 'sha256'))) {
      const found = await blobs.look(prefix)
      for (const { name } of found.blobs) expect(await blobs.get(name)).not.toBeNull()
      for (const { name } of found.unfinished) await blobs.discard(name)
      expect(found.foreign).toEqual([])
      expect((await blobs.look(prefix)).unfinished).toEqual([])
    }
  }
}, 60_000)
