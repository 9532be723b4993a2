import { expect, test } from 'vitest'
import type { AccessKey } from '../core/access.ts'
import { code, testLedger, type OpenLedger } from './ledger.case.ts'

const keyOf = (id: string, changes: Partial<AccessKey> = {}): AccessKey => ({
  id,
  tenant: 'acme',
  name: 'ann',
  role: 'reviewer',
  hash: `hash of ${id}`,
  createdAt: '2026-01-02T03:04:05.000Z',
  revokedAt: null,
  ...changes,
})

export function testKeys(open: OpenLedger): void {
  const ledger = testLedger(open)

  test('finds a key by its hash', async () => {
    await ledger.store.keys.add(keyOf('a'))
    await ledger.store.keys.add(keyOf('b', { role: 'admin', tenant: 'other' }))
    expect(await ledger.store.keys.find('hash of b')).toEqual(keyOf('b', { role: 'admin', tenant: 'other' }))
    expect(await ledger.store.keys.find('hash of c')).toBeNull()
    expect(await ledger.store.keys.find('a')).toBeNull()
  })

  test('finds a revoked key no more, and still lists it', async () => {
    await ledger.store.keys.add(keyOf('a'))
    expect(await ledger.store.keys.revoke('a')).toBe(true)
    expect(await ledger.store.keys.find('hash of a')).toBeNull()
    const [key] = await ledger.store.keys.list()
    expect(key).toEqual(keyOf('a', { revokedAt: expect.any(String) as string }))
    expect(await ledger.store.keys.revoke('a')).toBe(false)
    expect(await ledger.store.keys.list()).toEqual([key])
    expect(await ledger.store.keys.revoke('unknown')).toBe(false)
  })

  test('lists the oldest key first', async () => {
    expect(await ledger.store.keys.list()).toEqual([])
    for (const [id, day] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ] as const)
      await ledger.store.keys.add(keyOf(id, { createdAt: `2026-01-0${day}T00:00:00.000Z` }))
    expect((await ledger.store.keys.list()).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
  })

  test('takes no hash twice', async () => {
    await ledger.store.keys.add(keyOf('a'))
    await expect(ledger.store.keys.add(keyOf('b', { hash: 'hash of a' }))).rejects.toEqual(code('E_STORAGE'))
    expect(await ledger.store.keys.find('hash of a')).toEqual(keyOf('a'))
  })
}
