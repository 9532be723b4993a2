import { join } from 'node:path'
import Database from 'libsql'
import { unfinished } from '../../src/core/jobs.ts'
import { atMost, exactly, type Figure } from './figures.ts'
import { until } from './waiting.ts'

type Line = Readonly<Record<string, unknown>>

/** Asks the ledger of a data folder beside whoever writes it. */
function query(home: string, sql: string, ...values: readonly unknown[]): readonly Line[] {
  const database = new Database(join(home, 'ledger.sqlite'), { timeout: 20_000, readonly: true })
  try {
    return database.prepare(sql).all(...values) as Line[]
  } finally {
    database.close()
  }
}

/** The first column of what a query answers. */
export const column = (home: string, sql: string, ...values: readonly unknown[]): readonly string[] =>
  query(home, sql, ...values).map((line) => String(Object.values(line)[0]))

/** The number that a query answers. */
export const count = (home: string, sql: string, ...values: readonly unknown[]): number =>
  Number(column(home, sql, ...values)[0])

const waiting = `status in (${unfinished.map((status) => `'${status}'`).join(', ')})`

export const unfinishedJobs = (home: string): number =>
  count(home, `select count(*) from jobs where ${waiting}`)

export const results = (home: string): number => count(home, 'select count(*) from results')

export const statusOf = (home: string, job: string): string =>
  column(home, 'select status from jobs where id = ?', job)[0] ?? 'lost'

/** Seconds until no job waits or is being read; null when that takes longer. */
export const untilDrained = (home: string, timeoutSeconds: number): Promise<number | null> =>
  until(() => unfinishedJobs(home) === 0, timeoutSeconds, 100)

/** Who has work in hand: the token of each piece that is leased. */
export const leases = (home: string): ReadonlyMap<string, string> =>
  new Map(
    query(home, 'select key, token from works where token is not null and touched_at is not null').map(
      ({ key, token }) => [String(key), String(token)],
    ),
  )

/** Whether somebody else has taken up the work since, or ended it. */
export function isTakenUp(home: string, key: string, token: string): boolean {
  const now = leases(home).get(key)
  return (
    (now !== undefined && now !== token) || count(home, 'select count(*) from results where key = ?', key) > 0
  )
}

/** How many of these jobs have a result with values. */
export const readOf = (home: string, jobs: readonly string[]): number =>
  jobs.filter((id) => ['accepted', 'needs_review'].includes(statusOf(home, id))).length

const keyOf = (home: string, job: string): string | undefined =>
  column(home, 'select key from jobs where id = ?', job)[0]

/** Whether the work of a job is in somebody's hand. */
export const isHeld = (home: string, job: string): boolean => leases(home).has(keyOf(home, job) ?? '')

/** What must be true of every document that was acknowledged, once nothing is left to do. */
export function account(home: string, acknowledged: readonly string[]): readonly Figure[] {
  const known = new Set(column(home, 'select id from jobs'))
  const perKey = 'select coalesce(max(n), 0) from (select count(*) n from results group by key)'
  const again =
    'select count(*) from (select blob from results join works using (key) group by blob having count(*) > 1)'
  return [
    exactly('lost', acknowledged.filter((id) => !known.has(id)).length, 0),
    exactly('duplicated', count(home, again), 0),
    exactly('stuck', unfinishedJobs(home), 0),
    exactly('failed', count(home, "select count(*) from jobs where status in ('failed', 'quarantined')"), 0),
    atMost('results per key', count(home, perKey), 1),
  ]
}
