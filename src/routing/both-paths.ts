import type { Attempt, RouterPolicy, Succeeded } from '../core/judging.ts'
import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { Flag } from '../core/row.ts'

const flagsOf = (attempts: readonly Succeeded[]): string =>
  [...new Set(attempts.flatMap(({ score }) => score.flags.map((f) => f.code)))].join(', ')

/** Texts agree when their letters and numbers do: paths see spaces, points and capitals differently. */
const comparable = (value: Scalar): Scalar =>
  typeof value === 'string'
    ? value
        .normalize('NFC')
        .toUpperCase()
        .replace(/(?![.,-]\p{N})[^\p{L}\p{M}\p{N}]/gu, '')
    : value

/** The fields that the paths read differently; a field that one did not look for is null there. */
export function differences(a: Succeeded, b: Succeeded): readonly JsonPointer[] {
  const [one, other] = [a.extraction.fields, b.extraction.fields]
  const pointers = [...new Set([...Object.keys(one), ...Object.keys(other)])] as JsonPointer[]
  return pointers.filter((p) => comparable(one[p]?.value ?? null) !== comparable(other[p]?.value ?? null))
}

const shown = (value: Scalar | undefined): string =>
  value === null || value === undefined ? 'nothing' : `"${value}"`

function difference(field: JsonPointer, ...[a, b]: [Succeeded, Succeeded]): Flag {
  const [one, other] = [a, b].map(
    ({ path, extraction }) => `the ${path} path read ${shown(extraction.fields[field]?.value)}`,
  )
  return { code: 'PATHS_DIFFER', field, message: `${field}: ${one}, ${other}.` }
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
    if (differ.length > 0) {
      const reason = `the paths differ on ${differ.join(', ')}`
      return { action: 'review', reason, flags: differ.map((field) => difference(field, first, second)) }
    }
    const flags = flagsOf(read)
    if (flags !== '') return { action: 'review', reason: `flagged: ${flags}` }
    return { action: 'accept', reason: 'both paths agree' }
  },
}
