import type { Entity } from '../../core/engines.ts'

/** The number of the next record, so that several labellers number theirs apart. */
export const nextGroup = (entities: readonly Entity[]): number =>
  entities.reduce((next, { group }) => Math.max(next, (group ?? -1) + 1), 0)
