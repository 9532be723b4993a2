/** What follows when a worker has ended by itself. */
export interface RestartPolicy {
  /** Milliseconds until it is started again after so many quick ends in a row, from 1; null: it is not. */
  readonly waitMs: (quickEnds: number) => number | null
  /** What has run so long ends by accident: counting begins anew. */
  readonly steadyMs: number
}

const steadyMs = 60_000
const firstMs = 250
const longestMs = 15_000

/** For a service: again and again, ever more slowly, and at times that several do not share. */
export const persevering: RestartPolicy = {
  waitMs: (quickEnds) => Math.random() * Math.min(firstMs * 2 ** (quickEnds - 1), longestMs),
  steadyMs,
}

/** More quick ends than these are no accident. */
const quickEndsMost = 5

/** For a command that has to end: at once, a few times. */
export const impatient: RestartPolicy = {
  waitMs: (quickEnds) => (quickEnds > quickEndsMost ? null : 0),
  steadyMs,
}
