import Database from 'libsql'
import { ParallaxError } from '../core/errors.ts'

/** Runs it; an error of SQLite is thrown as E_STORAGE that names the file and what helps. */
export function translating<T>(file: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (error instanceof Database.SqliteError) throw asStorageError(error, file)
    throw error
  }
}

export function asStorageError(error: unknown, file: string): ParallaxError {
  if (error instanceof ParallaxError) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new ParallaxError('E_STORAGE', `The job ledger ${file} cannot be used: ${help(error, detail)}`, {
    cause: error,
  })
}

const helpByCode: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full. Free some space and try again.',
  SQLITE_BUSY: 'another process keeps it busy. Try again in a moment.',
  SQLITE_NOTADB: 'it is not a Parallax ledger. Move the file away or choose another data folder.',
  SQLITE_CORRUPT: 'the file is damaged. Restore it from a backup or choose another data folder.',
  SQLITE_READONLY: 'it may not be written. Check the permissions of the file and its folder.',
  EISDIR: 'it is a folder. Move it away or choose another place.',
}

function help(error: unknown, detail: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return (
    helpByCode[code] ?? `${detail}. Check that the disk has room and that the file may be read and written.`
  )
}
