/** What follows when a worker has ended by itself. */
export interface RestartPolicy {
  /** Milliseconds until it is started again after so many quick ends, from 1; null: it is not. */
  readonly waitMs: (quickEnds: number) => number | null
  /** A run that is shorter than this is a quick end more. */
  readonly quickMs: number
  /** After a run that is longer than this, counting begins anew. */
  readonly steadyMs: number
}

const spans = { quickMs: 10_000, steadyMs: 60_000 } as const

/** The quick ends that there have been after one more run, which took `ranMs`; at least 1. */
export function countQuickEnds(before: number, ranMs: number, { quickMs, steadyMs }: RestartPolicy): number {
  if (ranMs >= steadyMs) return 1
  return ranMs >= quickMs ? Math.max(before, 1) : before + 1
}

const firstMs = 250
const longestMs = 15_000

/** For a service: again and again, ever more slowly, and at times that several do not share. */
export const persevering: RestartPolicy = {
  waitMs: (quickEnds) => Math.random() * Math.min(firstMs * 2 ** (quickEnds - 1), longestMs),
  ...spans,
}

/** More quick ends than these are no accident. */
const quickEndsMost = 5

/** For a command that has to end: at once, a few times. */
export const givingUp: RestartPolicy = {
  waitMs: (quickEnds) => (quickEnds > quickEndsMost ? null : 0),
  ...spans,
}
