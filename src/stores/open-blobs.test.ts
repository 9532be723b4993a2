import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testBlobStore } from './blobs.case.ts'
import { blobSchemes, openBlobs } from './open-blobs.ts'

let home: string
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'parallax-blobs-'))))
afterEach(() => rm(home, { recursive: true }))

/** Where tests keep blobs, by the scheme of their URLs. */
const urls: Readonly<Record<string, () => string>> = { file: () => `file://${home}` }

describe.each(blobSchemes)('%s', (scheme) => {
  testBlobStore(async () => (await openBlobs(urls[scheme]!(), home)).store)
})

test('a folder of the data folder is made for its owner only', async () => {
  const { place, folder } = await openBlobs('file:in/blobs', home)
  expect([place, folder]).toEqual([`file:${home}/in/blobs`, join(home, 'in/blobs')])
  expect((await stat(join(home, 'in/blobs'))).mode & 0o777).toBe(0o700)
})

test('a folder elsewhere has to be there', async () => {
  await mkdir(join(home, 'elsewhere'))
  const data = join(home, 'data')
  expect(await openBlobs('file:../elsewhere', data)).toMatchObject({ folder: join(home, 'elsewhere') })
  await expect(openBlobs(`file://${home}/disk/blobs`, data)).rejects.toMatchObject({
    code: 'E_STORAGE',
    message: `There is no folder ${home}/disk/blobs, which PARALLAX_BLOBS_URL names. Make it, or mount its disk.`,
  })
})

test('a file in its place is refused', async () => {
  await writeFile(join(home, 'blobs'), '')
  await expect(openBlobs('file:blobs', home)).rejects.toMatchObject({
    code: 'E_STORAGE',
    message: expect.stringContaining('not a folder'),
  })
})

test('another scheme is refused without repeating the URL', async () => {
  await expect(openBlobs('s3://key:hunter2@bucket', home)).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: 'PARALLAX_BLOBS_URL cannot be used: it has to begin with file:.',
  })
})

test('a folder that was moved away is missed until it is back', async () => {
  const { requireThere } = await openBlobs('file:blobs', home)
  await requireThere()
  await rename(join(home, 'blobs'), join(home, 'moved'))
  await expect(requireThere()).rejects.toMatchObject({ code: 'E_STORAGE' })
  await rename(join(home, 'moved'), join(home, 'blobs'))
  await requireThere()
})
