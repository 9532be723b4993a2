import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OpenLedger } from './opened.ts'
import { openSqliteLedger } from './sqlite.ts'
import { gone, pathOf } from './store-url.ts'

/** `sqlite:ledger.sqlite`, `sqlite:///srv/ledger.sqlite`. */
export const openSqlite: OpenLedger = async (at, options) => {
  const file = await pathOf(at, dirname)
  const store = await openSqliteLedger(file, options)
  return {
    store,
    place: `sqlite:${file}`,
    identity: null,
    folder: dirname(file),
    requireThere: await watchFile(file),
    file,
  }
}

/** Rejects when the file is not there, or is another one than now. */
async function watchFile(file: string): Promise<() => Promise<void>> {
  const what = `The job ledger ${file}`
  const { ino } = await stat(file)
  return async () => {
    const found = await stat(file).catch((error: unknown) => {
      throw gone(what, error)
    })
    if (found.ino !== ino) throw gone(what)
  }
}
