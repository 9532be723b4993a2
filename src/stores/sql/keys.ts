import type { AccessKey, KeyStore } from '../../core/access.ts'
import { readKey } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { isSound, sealOf, withSeal } from '../seals.ts'
import type { Transact } from '../transact.ts'
import { now } from './clock.ts'

/** The keys of the API in the ledger's database. */
export const sqlKeys = (db: Database, transact: Transact): KeyStore => ({
  add: (key) => transact((tx) => add(tx, key)),
  async list() {
    const rows = await db.selectFrom('keys').selectAll().orderBy('created_at').orderBy('id').execute()
    return rows.map(readKey)
  },
  async find(hash) {
    const row = await db
      .selectFrom('keys')
      .selectAll()
      .where('hash', '=', hash)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    const key = row ? readKey(row) : null
    return key?.revokedAt === null ? key : null
  },
  revoke: (id) => transact((tx) => revoke(tx, id)),
})

async function add(tx: Tx, { createdAt, revokedAt, ...rest }: AccessKey): Promise<void> {
  const row = { ...rest, created_at: createdAt, revoked_at: revokedAt }
  await tx.insertInto('keys').values(withSeal('keys', row)).execute()
}

async function revoke(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.revoked_at !== null) return false
  const revoked = { ...row, revoked_at: now() }
  const updated = await tx
    .updateTable('keys')
    .set({ revoked_at: revoked.revoked_at, seal: isSound('keys', row) ? sealOf('keys', revoked) : row.seal })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
