import type { KeyStore } from '../../core/access.ts'
import { readKey } from '../ledger-rows.ts'
import type { Database } from '../ledger-tables.ts'
import { now } from './clock.ts'

/** The keys of the API in the ledger's database. */
export const sqlKeys = (db: Database): KeyStore => ({
  async add({ createdAt, revokedAt, ...rest }) {
    await db
      .insertInto('keys')
      .values({ ...rest, created_at: createdAt, revoked_at: revokedAt })
      .execute()
  },
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
  async revoke(id) {
    const updated = await db
      .updateTable('keys')
      .set({ revoked_at: now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return updated.numUpdatedRows === 1n
  },
})
