import type { Violation } from '../../core/extraction.ts'
import type { Attempt, Consensus } from '../../core/judging.ts'
import { doubtsAbout, partName, placeOf, type Part, type Segmentation } from '../../core/part.ts'

/** What documents a file holds, as the first attempt found out that could; null where none did. */
export const segmentationOf = (attempts: readonly Attempt[]): Segmentation | null =>
  attempts.flatMap((attempt) => (attempt.ok && attempt.segmentation) || [])[0] ?? null

/** The documents of a file that holds several; null for any other. */
export function severalParts(attempts: readonly Attempt[]): readonly Part[] | null {
  const parts = segmentationOf(attempts)?.parts ?? []
  return parts.length > 1 ? parts : null
}

/** What later attempts are told, so that they read the same document as the first one did. */
export interface Selection {
  readonly part: Part
  readonly doubts: readonly Violation[]
}

/** One document of a file. */
export const selectionOf = (segmentation: Segmentation, part: Part): Selection => ({
  part,
  doubts: doubtsAbout(segmentation, part),
})

/** The document that attempts have read so far; null where nobody has looked which there are. */
export function selectionBy(attempts: readonly Attempt[]): Selection | null {
  const segmentation = segmentationOf(attempts)
  return segmentation && selectionOf(segmentation, segmentation.parts[0]!)
}

/** Attempts on the first document of a file whose others are read too: nothing is left to be said of them. */
export const withoutOthers = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.map((attempt) => {
    if (!attempt.ok) return attempt
    const { segmentation: _, ...rest } = attempt
    return rest
  })

/** Places that are named in a sentence. */
const mostNamed = 8

function namesOf(parts: readonly Part[]): string {
  const named = parts.slice(0, mostNamed).map((part) => `${partName('', part)} ${placeOf(part)}`)
  return [...named, ...(parts.length > mostNamed ? [`and ${parts.length - mostNamed} more`] : [])].join('; ')
}

/** That a file holds several documents, and the data is the first one's. */
const several = (parts: readonly Part[]): Violation => ({
  code: 'SEVERAL_DOCUMENTS',
  field: null,
  message: `The file holds ${parts.length} documents (${namesOf(parts)}), and only the first was read here: submit them apart, or read the file with parallax extract, which answers each.`,
})

/** With reasons that keep the whole document from being accepted. */
export const withObjections = (consensus: Consensus | null, flags: readonly Violation[]): Consensus | null =>
  consensus && {
    ...consensus,
    flags: [...flags, ...consensus.flags],
    objections: [...flags, ...consensus.objections],
  }

/** What was read of the first of several documents is not what the file says: it waits for a person. */
export function withSeveral(consensus: Consensus | null, attempts: readonly Attempt[]): Consensus | null {
  const parts = severalParts(attempts)
  if (!consensus || !parts) return consensus
  const flag = several(parts)
  const without = (flags: readonly Violation[]): readonly Violation[] =>
    flags.filter(({ code }) => code !== flag.code)
  return withObjections(
    { ...consensus, flags: without(consensus.flags), objections: without(consensus.objections) },
    [flag],
  )
}
