import pc from 'picocolors'
import type { Row } from '../core/row.ts'
import { plural } from './text.ts'

/** How a set of documents ended. */
export interface Tally {
  accepted: number
  needsReview: number
  failed: number
  readonly flags: Map<string, number>
  readonly errors: Map<string, number>
  add(row: Row): void
}

const count = (into: Map<string, number>, key: string): void => void into.set(key, (into.get(key) ?? 0) + 1)

export function tally(): Tally {
  return {
    accepted: 0,
    needsReview: 0,
    failed: 0,
    flags: new Map(),
    errors: new Map(),
    add(row) {
      if (row.verdict === 'accepted') this.accepted++
      else if (row.verdict === 'needs_review') this.needsReview++
      else this.failed++
      for (const code of new Set(row.flags.map((f) => f.code))) count(this.flags, code)
      if (row.error) count(this.errors, row.error.code)
    },
  }
}

const reasons = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([code, n]) => `${code} ${n}`)
    .join(', ')

/** A few lines for people: how many were accepted, flagged and why, failed and why; and that nothing is certified yet. */
export function summaryOf({ accepted, needsReview, failed, flags, errors }: Tally): string {
  const lines = [
    `${plural(accepted + needsReview + failed, 'document')}: ` +
      `${pc.green(`${accepted} accepted`)}, ${pc.yellow(`${needsReview} to review`)}, ${pc.red(`${failed} failed`)}`,
    ...(flags.size > 0 ? [`  flagged: ${reasons(flags)}`] : []),
    ...(errors.size > 0 ? [`  failed:  ${reasons(errors)}`] : []),
    'No certificate exists yet: "accepted" means that no check objected, not that an error rate is proven.',
  ]
  return `${lines.join('\n')}\n`
}
