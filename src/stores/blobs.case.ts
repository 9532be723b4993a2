import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BlobStore } from '../core/jobs.ts'
import { code } from './ledger.case.ts'

/** What every `BlobStore` must do; `create` opens an empty one. */
export function testBlobStore(create: () => Promise<BlobStore>): void {
  describe('a blob store', () => blobStoreCases(create))
}

function blobStoreCases(create: () => Promise<BlobStore>): void {
  let blobs: BlobStore
  const bytes = new TextEncoder().encode('a page')
  const digest = createHash('sha256').update(bytes).digest('hex')

  beforeEach(async () => {
    blobs = await create()
  })

  test('answers the bytes by their digest', async () => {
    expect(await blobs.put(bytes)).toBe(digest)
    expect(new Uint8Array((await blobs.get(digest))!)).toEqual(bytes)
  })

  test('keeps empty and large blobs', async () => {
    for (const blob of [new Uint8Array(0), new Uint8Array(5_000_000).fill(7)]) {
      const key = await blobs.put(blob)
      expect(
        createHash('sha256')
          .update((await blobs.get(key))!)
          .digest('hex'),
      ).toBe(key)
    }
  })

  test('takes the same bytes again, also at the same time', async () => {
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes))))).toEqual(
      new Set([digest]),
    )
    expect(await blobs.put(bytes)).toBe(digest)
    expect(new Uint8Array((await blobs.get(digest))!)).toEqual(bytes)
  })

  test('has no blob that was not put or was deleted', async () => {
    expect(await blobs.get(digest)).toBeNull()
    expect(await blobs.has(digest)).toBe(false)
    await blobs.put(bytes)
    expect(await blobs.has(digest)).toBe(true)
    await blobs.delete(digest)
    expect(await blobs.get(digest)).toBeNull()
    expect(await blobs.has(digest)).toBe(false)
    await blobs.delete(digest)
  })

  test.each(['../../etc/passwd', '', digest.toUpperCase(), `${digest}/..`])(
    'refuses the name "%s"',
    async (name) => {
      await expect(blobs.has(name)).rejects.toEqual(code('E_BAD_REQUEST'))
      await expect(blobs.get(name)).rejects.toEqual(code('E_BAD_REQUEST'))
      await expect(blobs.delete(name)).rejects.toEqual(code('E_BAD_REQUEST'))
    },
  )

  test('tells what lies in it, folder by folder, and when it was put', async () => {
    const before = Date.now() - 1000
    await blobs.put(bytes)
    const { blobs: found, unfinished, foreign } = await blobs.look(digest.slice(0, 2))
    expect(found.map(({ name }) => name)).toEqual([digest])
    expect(found[0]!.at).toBeGreaterThan(before)
    expect([unfinished, foreign]).toEqual([[], []])
    const other = digest.startsWith('ff') ? '00' : 'ff'
    for (const prefix of ['', other])
      expect(await blobs.look(prefix)).toEqual({ blobs: [], unfinished: [], foreign: [] })
  })

  test('takes no name of its own for an unfinished one', async () => {
    await blobs.put(bytes)
    for (const name of [digest, '../x.tmp', `${digest}.tmp`])
      await expect(blobs.discard(name)).rejects.toEqual(code('E_BAD_REQUEST'))
    expect(await blobs.has(digest)).toBe(true)
  })
}
