import type { Consensus } from '../core/judging.ts'

/** The codes of its flags, each once. */
export const codesOf = ({ flags }: Consensus): string => [...new Set(flags.map((f) => f.code))].join(', ')
