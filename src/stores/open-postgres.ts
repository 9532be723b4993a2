import { Client } from 'pg'
import type { OpenLedger } from './opened.ts'
import { openPostgresLedger } from './postgres.ts'
import { notUsable, type StoreUrl } from './store-url.ts'

/** The URL, and how the place may be shown: without user, password and options. What it leaves out is that of PGHOST and its like. */
export function postgresPlace(at: StoreUrl): string {
  try {
    const { host, port, database = '' } = new Client({ connectionString: at.url })
    return `postgres://${host.startsWith('/') ? encodeURIComponent(host) : host}:${port}/${database}`
  } catch {
    // Its own message may hold the URL.
    throw notUsable(at, 'postgres://user:password@host:5432/database is expected.')
  }
}

/** `postgres://user:password@host:5432/database`, with the parameters of libpq such as `?sslmode=verify-full`. */
export const openPostgres: OpenLedger = async (at, { busyMs = 5_000 }) => {
  const place = postgresPlace(at)
  const { ledger, identity } = await openPostgresLedger({ connectionString: at.url }, place, busyMs)
  // Every call finds out whether the server is there.
  return { store: ledger, place, identity, folder: null, requireThere: async () => {}, file: null }
}
