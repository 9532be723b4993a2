import type { Consensus } from '../core/judging.ts'

/** The codes of what keeps it from being accepted, each once. */
export const codesOf = ({ objections }: Consensus): string =>
  [...new Set(objections.map((f) => f.code))].join(', ')
