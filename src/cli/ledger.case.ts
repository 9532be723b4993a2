import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import type { Ended, Workplace } from './command.case.ts'

/** Reads the ledger beside whoever writes it. */
export function query<T>(place: Workplace, sql: string): T[] {
  const database = new Database(`${place.home}/ledger.sqlite`, { timeout: 5000 })
  try {
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}

export interface Reading {
  readonly key: string
  readonly created_at: string
}

/** What was read, and when. */
export function readings(place: Workplace): Reading[] {
  if (!existsSync(place.path('home', 'ledger.sqlite'))) return []
  const tables = query(place, "select name from sqlite_master where name = 'results'")
  return tables.length === 0
    ? []
    : query(place, 'select key, created_at from results order by created_at, key')
}

export interface JobLine {
  readonly id: string
  readonly file: string
  readonly status: string
}

export const jobsOf = (place: Workplace): JobLine[] =>
  query(place, 'select id, file, status from jobs order by batch_id, position')

export const jobOf = (place: Workplace, file: string): JobLine =>
  jobsOf(place).find((job) => job.file === file)!

/** Resolves when so many results are stored; fails when the command ends before. */
export async function untilRead(place: Workplace, count: number, ended: Promise<Ended>): Promise<void> {
  let over: Ended | undefined
  void ended.then((result) => (over = result))
  for (let stored = 0; stored < count; stored = readings(place).length) {
    if (over) throw new Error(`The command ended with ${stored} results: ${over.stderr}`)
    await delay(20)
  }
}
