import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ParallaxError } from '../../core/errors.ts'
import { createAdmission } from './admission.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'admission-'))))
afterEach(() => rm(folder, { recursive: true }))

const counts = { a: 0, b: 0 }
beforeEach(() => void Object.assign(counts, { a: 0, b: 0 }))
const store = {
  countQueued: async (tenant?: string) =>
    tenant === undefined ? counts.a + counts.b : counts[tenant as 'a' | 'b'],
}
const limits = { queued: 10, queuedEach: 6, freeBytes: 0 }
const open = (changes = {}) =>
  createAdmission(store, { folders: [folder], requireThere: async () => {} }, { ...limits, ...changes })

const busy = (message: string): unknown =>
  expect.objectContaining({ code: 'E_BUSY', message: expect.stringContaining(message) })

test('documents are counted, not requests', async () => {
  const { admit } = open()
  await expect(admit('a', 7)).rejects.toEqual(busy('0 documents wait to be read; 6 may.'))
  using _ = await admit('a', 4)
  await expect(admit('a', 3)).rejects.toEqual(busy('4 documents wait'))
  using _more = await admit('a', 2)
})

test('one tenant leaves room to the others, all together fill it', async () => {
  counts.a = 6
  const { admit } = open()
  await expect(admit('a', 1)).rejects.toEqual(busy('6 documents wait'))
  using _ = await admit('b', 4)
  await expect(admit('b', 1)).rejects.toEqual(busy('Too many documents wait'))
})

test('asking whether there is room takes none', async () => {
  const { admit, requireRoom } = open()
  for (let asked = 0; asked < 20; asked++) await requireRoom('a')
  using _ = await admit('a', 6)
  await expect(requireRoom('a')).rejects.toEqual(busy('6 documents wait'))
  await requireRoom('b')
})

test('requests that come at the same time do not take the same room', async () => {
  const { admit } = open()
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => admit('a', 2)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
})

test('what was refused or recorded gives its room back once it was counted again', async () => {
  const { admit } = open()
  ;(await admit('a', 6))[Symbol.dispose]()
  await expect(admit('a', 1)).rejects.toEqual(busy('6 documents wait'))
  await delay(1_100)
  using _ = await admit('a', 6)
})

test('a disk that is nearly full takes nothing', async () => {
  await expect(open({ freeBytes: Infinity }).admit('a', 1)).rejects.toEqual(busy('disk'))
})

test('a storage that is not there any more takes nothing', async () => {
  const requireThere = () => Promise.reject(new ParallaxError('E_STORAGE', 'gone'))
  const { admit } = createAdmission(store, { folders: [folder], requireThere }, limits)
  await expect(admit('a', 1)).rejects.toMatchObject({ code: 'E_STORAGE' })
})
