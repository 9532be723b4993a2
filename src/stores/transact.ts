import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Tx } from './ledger-tables.ts'

/** Runs something in one transaction, and answers what it answers. */
export type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Where transactions run side by side: what this one has read is not so any more, and it has to begin anew. */
export class RacedError extends Error {}

/** How often one is tried, and how long it waits at most before the second time, then twice as long each time. */
const most = 12
const firstWaitMs = 4

/**
 * Transactions of a ledger; those that met another one (`isRaced`, by the database's error) and so did nothing begin anew.
 * Every write is one, be it of one statement: it is at the beginning of one that SQLite can wait for others.
 */
export function transactions(db: Database, isRaced: (error: unknown) => boolean): Transact {
  const mayPass = (error: unknown): boolean => error instanceof RacedError || isRaced(error)
  return async (work) => {
    for (let tried = 1; ; tried++) {
      try {
        return await db.transaction().execute(work)
      } catch (error) {
        if (tried === most || !mayPass(error)) throw error
        await delay(Math.random() * firstWaitMs * 2 ** tried)
      }
    }
  }
}
