import { dirname } from 'node:path'
import type { LedgerOptions, OpenedLedger, OpenLedger } from './opened.ts'
import { chosenBy, pathOf } from './store-url.ts'

const postgres = async () => (await import('./open-postgres.ts')).openPostgres

/** By the scheme of the URL; each is loaded only when it is used. */
const ledgers: Readonly<Record<string, () => Promise<OpenLedger>>> = {
  sqlite: async () => (await import('./open-sqlite.ts')).openSqlite,
  postgres,
  postgresql: postgres,
}

export const ledgerSchemes: readonly string[] = Object.keys(ledgers)

/** Opens the ledger that a URL names; relative paths lead from the data folder. See `OpenLedger`. */
export async function openLedger(
  url: string,
  home: string,
  options: LedgerOptions = {},
): Promise<OpenedLedger> {
  const at = { setting: 'PARALLAX_DATABASE_URL', url, home }
  const open = await chosenBy(at, ledgers)()
  return open(at, options)
}

/** The file of a ledger that a URL names, whether it is there or not; null for a ledger that is in no file. */
export async function ledgerFileOf(url: string, home: string): Promise<string | null> {
  const at = { setting: 'PARALLAX_DATABASE_URL', url, home }
  chosenBy(at, ledgers)
  return /^sqlite:/i.test(url) ? pathOf(at, dirname) : null
}
