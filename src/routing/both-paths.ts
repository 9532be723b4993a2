import type { Attempt, RouterPolicy, Succeeded } from '../core/judging.ts'
import type { Scalar } from '../core/extraction.ts'

const flagsOf = (attempts: readonly Succeeded[]): string =>
  [...new Set(attempts.flatMap(({ score }) => score.flags.map((f) => f.code)))].join(', ')

/** Texts agree when their letters and digits do: paths see spaces, points and capitals differently. */
const comparable = (value: Scalar): Scalar =>
  typeof value === 'string' ? value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '') : value

/** The fields that both paths looked for and read differently. */
export function differences(a: Succeeded, b: Succeeded): readonly string[] {
  const [one, other] = [a.extraction.fields, b.extraction.fields]
  const pointers = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof typeof one)[]
  return pointers.filter((p) => comparable(one[p]?.value ?? null) !== comparable(other[p]?.value ?? null))
}

const isRead = (attempt: Attempt): attempt is Succeeded => attempt.ok

/** Two independent readings: what they agree on and neither flags is accepted, all else a person sees. */
export const bothPaths: RouterPolicy = {
  name: 'both',
  decide(attempts) {
    const read = attempts.filter(isRead)
    const [first, second] = read
    if (!first) return { action: 'fail', reason: 'no path could read the document' }
    if (!second) return { action: 'review', reason: `only the ${first.path} path could read the document` }
    const differ = differences(first, second)
    if (differ.length > 0) return { action: 'review', reason: `the paths differ on ${differ.join(', ')}` }
    const flags = flagsOf(read)
    if (flags !== '') return { action: 'review', reason: `flagged: ${flags}` }
    return { action: 'accept', reason: 'both paths agree' }
  },
}
