import { Pool, type PoolClient, type PoolConfig } from 'pg'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { ParallaxError } from '../core/errors.ts'
import { asStorageError, isBroken } from './postgres-errors.ts'

/** Connections of one process; a ledger has nothing to do for more at the same time. */
const connections = 8

/** A process that stands still holds what it has locked no longer than this, in milliseconds. */
const idleInTransactionMs = 60_000

export interface Patience {
  /** For a connection, or a lock that others have, in milliseconds. */
  readonly busyMs: number
  /** For the answer to a statement; null for any time. */
  readonly statementMs: number | null
}

/** The pool as Kysely uses it; its errors are E_STORAGE and name the place, and connections that are of no use are not kept. */
export function openPool(config: PoolConfig, place: string, { busyMs, statementMs }: Patience): PostgresPool {
  const pool = new Pool({
    application_name: 'parallax',
    ...config,
    max: connections,
    connectionTimeoutMillis: busyMs,
    lock_timeout: busyMs,
    ...(statementMs === null ? {} : { statement_timeout: statementMs, query_timeout: statementMs + busyMs }),
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
  })
  pool.on('error', () => {}) // One that nobody uses has ended; whoever comes next gets another.
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw asStorageError(error, place)
      })
      return translated(client, place)
    },
    end: () => pool.end(),
  }
}

const rolledBack = { command: 'ROLLBACK' as const, rowCount: 0, rows: [] }

function translated(client: PoolClient, place: string): PostgresPoolClient {
  let broken: ParallaxError | undefined
  const onError = (error: unknown): void => void (broken ??= asStorageError(error, place))
  const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    // PostgreSQL rolls back what belongs to a connection that has ended.
    if (broken) return text === 'rollback' ? rolledBack : Promise.reject(broken)
    try {
      return await client.query(text, [...parameters])
    } catch (error) {
      if (isBroken(error)) onError(error)
      throw asStorageError(error, place)
    }
  }
  client.on('error', onError)
  return {
    query: query as PostgresPoolClient['query'],
    release() {
      client.removeListener('error', onError)
      client.release(broken)
    },
  }
}
