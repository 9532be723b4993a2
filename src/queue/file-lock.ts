import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { ParallaxError } from '../core/errors.ts'

/**
 * Runs `use` while no other process holds the lock of this file; rejects with E_QUEUE_DOWN after `timeoutMs`.
 * The lock is one of the operating system's, taken through SQLite: it ends with its process, however that ends.
 */
export async function withFileLock<T>(file: string, timeoutMs: number, use: () => Promise<T>): Promise<T> {
  const database = new Database(file)
  try {
    await lock(database, file, Date.now() + timeoutMs)
    return await use()
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
    database.close()
  }
}

async function lock(database: Database.Database, file: string, deadline: number): Promise<void> {
  while (!tryLock(database)) {
    if (Date.now() > deadline)
      throw new ParallaxError(
        'E_QUEUE_DOWN',
        `Another Parallax process has kept ${file} locked for too long.`,
      )
    await delay(20)
  }
}

function tryLock(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return false
    throw error
  }
}
