import { open } from 'node:fs/promises'
import Database from 'libsql'
import { translating } from './sqlite-errors.ts'
import { madeTable } from './migrations.ts'

/**
 * Copies a SQLite ledger to a new file, for its owner only, as it stands at one instant; whoever writes it meanwhile goes on.
 * Rejects with E_STORAGE where it cannot be read whole.
 */
export async function copySqlite(file: string, to: string): Promise<void> {
  await (await open(to, 'wx', 0o600)).close() // SQLite takes an empty file, and keeps its permissions.
  translating(file, () => {
    const database = new Database(file)
    try {
      database.exec('PRAGMA busy_timeout = 5000')
      database.prepare('VACUUM INTO ?').run([to])
    } finally {
      database.close()
    }
  })
  const copy = await open(to, 'r+')
  await copy.sync().finally(() => copy.close())
}

/** When the tables of a ledger were made: it is so in all its copies, and in no other ledger. */
export function birthOfSqlite(file: string): string {
  return translating(file, () => {
    const database = new Database(file)
    try {
      const rows = database.prepare(`select min(timestamp) as birth from ${madeTable}`).all()
      return (rows as readonly { readonly birth: string }[])[0]!.birth
    } finally {
      database.close()
    }
  })
}
