import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Ledger } from '../../core/ledger.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { createKey, findKey, isOpen } from './keys.ts'

let folder: string
let store: Ledger
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

test('a key opens what it was made for until it is revoked, and is written nowhere', async () => {
  expect(await isOpen(store.keys)).toBe(true)
  const { key, id } = await createKey(store.keys, { name: 'scanner 1', role: 'submitter', tenant: 'a' })
  expect(key).toMatch(/^plx_[A-Za-z0-9_-]{43}$/)
  expect(await findKey(store.keys, key)).toMatchObject({
    id,
    name: 'scanner 1',
    role: 'submitter',
    tenant: 'a',
  })
  for (const file of ['ledger.sqlite', 'ledger.sqlite-wal'])
    expect((await readFile(join(folder, file))).includes(key)).toBe(false)
  expect(await findKey(store.keys, key.slice(0, -1))).toBeNull()
  expect(await findKey(store.keys, '')).toBeNull()
  expect(await store.keys.revoke(id)).toBe(true)
  expect(await findKey(store.keys, key)).toBeNull()
  expect(await isOpen(store.keys)).toBe(false)
})

test('names and tenants are words', async () => {
  const make = (name: string, tenant: string) => createKey(store.keys, { name, role: 'admin', tenant })
  await expect(make('', 'a')).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await expect(make('a\u001b[2J', 'a')).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await expect(make('a', '../b')).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await expect(make('Zoë O_1', 'acme-2')).resolves.toMatchObject({ tenant: 'acme-2' })
})
