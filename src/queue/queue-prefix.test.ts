import { mkdtemp, mkdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { queuePrefix } from './queue-prefix.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-prefix-'))
  await mkdir(join(folder, 'one'))
  await mkdir(join(folder, 'two'))
  await symlink(join(folder, 'one'), join(folder, 'link'))
})
afterEach(() => rm(folder, { recursive: true }))

test('data folders have their own, by whatever name they are reached', () => {
  const prefix = (name: string) => queuePrefix(join(folder, name))
  expect(prefix('one')).toMatch(/^parallax-[0-9a-f]{16}$/)
  expect(prefix('one')).not.toBe(prefix('two'))
  expect(prefix('link')).toBe(prefix('one'))
})

test('a ledger that several machines open has one, whatever their data folders', () => {
  const prefix = (name: string, identity: string) => queuePrefix(join(folder, name), identity)
  expect(prefix('one', 'ledger')).toBe(prefix('two', 'ledger'))
  expect(prefix('one', 'ledger')).not.toBe(prefix('one', 'another'))
  expect(prefix('one', 'ledger')).not.toBe(queuePrefix(join(folder, 'one')))
})
