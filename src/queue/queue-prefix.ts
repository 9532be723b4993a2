import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Under which the queues of a ledger stand in Redis, so that ledgers which share a server do not share their work.
 * @param home The data folder: what tells a ledger that only this machine can open.
 * @param identity What tells one that other machines open too; null for the former.
 */
export function queuePrefix(home: string, identity: string | null = null): string {
  const place = JSON.stringify(identity === null ? [hostname(), realpathSync(home)] : [identity])
  return `parallax-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`
}
