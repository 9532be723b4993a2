import type { LedgerOptions, OpenedLedger, OpenLedger } from './opened.ts'
import { chosenBy } from './store-url.ts'

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
