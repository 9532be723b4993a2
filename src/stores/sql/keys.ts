import type { AccessKey, KeyStore } from '../../core/access.ts'
import { readKey } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { now } from './clock.ts'

/** The keys of the API in the ledger's database. */
export const sqlKeys = (db: Database): KeyStore => ({
  add: (key) => db.transaction().execute((tx) => add(tx, key)),
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
    return row ? readKey(row) : null
  },
  revoke: (id) => db.transaction().execute((tx) => revoke(tx, id)),
})

async function add(tx: Tx, { createdAt, revokedAt, ...rest }: AccessKey): Promise<void> {
  await tx
    .insertInto('keys')
    .values({ ...rest, created_at: createdAt, revoked_at: revokedAt })
    .execute()
}

async function revoke(tx: Tx, id: string): Promise<boolean> {
  const updated = await tx
    .updateTable('keys')
    .set({ revoked_at: now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
