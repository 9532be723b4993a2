import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noPostgres, startPostgres } from './postgres-server.case.ts'

/** Places for ledgers, which no other test file has. */
export interface LedgerUrls extends AsyncDisposable {
  /** Where nothing is yet. */
  next(): Promise<string>
  /** Where a ledger is that has nothing in it, while none is open that was opened at such a place before. */
  empty(): Promise<string>
}

/** Where tests keep ledgers of a kind. */
interface LedgerPlaces {
  /** Why there are none on this machine; null where there are. */
  readonly missing: string | null
  open(): Promise<LedgerUrls>
}

const sqlite: LedgerPlaces = {
  missing: null,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'parallax-ledger-'))
    let count = 0
    const next = async () => `sqlite:${join(folder, `${count++}.sqlite`)}`
    return { next, empty: next, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
  },
}

const emptied = [
  'decisions',
  'corrections',
  'jobs',
  'results',
  'works',
  'batches',
  'keys',
  'removals',
  'compactions',
]

/** Each in a schema of a database that sorts as English readers do, which the order of lists must not follow. */
const postgres: LedgerPlaces = {
  missing: noPostgres,
  async open() {
    const server = await startPostgres()
    await server.sql(
      "create database ledger template template0 locale_provider icu icu_locale 'en' locale 'C'",
    )
    let count = 0
    async function next(): Promise<string> {
      const schema = `ledger${count++}`
      await server.sql(`create schema ${schema}`, 'ledger')
      return server.url('ledger', 'boss', { options: `-c search_path=${schema}` })
    }
    let kept: string | undefined
    return {
      next,
      async empty() {
        if (kept === undefined) return (kept = await next())
        await server.sql(emptied.map((table) => `delete from ledger0.${table}`).join(';'), 'ledger')
        return kept
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  },
}

/** By the scheme of their URLs. */
export const ledgerPlaces: Readonly<Record<string, LedgerPlaces>> = { sqlite, postgres }
