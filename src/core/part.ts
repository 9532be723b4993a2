import { z } from 'zod'
import { violationSchema, type Violation } from './extraction.ts'
import { boxSchema, type Box } from './geometry.ts'

export const splitSchema = z.enum(['auto', 'never'])
/** Whether a file may hold several documents (`auto`: it is looked for), or is one document whatever stands in it. */
export type Split = z.infer<typeof splitSchema>

export const partSchema = z.object({
  /** Its place among the documents of the file, from 1. */
  index: z.int().min(1),
  /** How many documents the file holds. */
  of: z.int().min(1),
  /** Pages of the file on which it stands, from 1, in order. */
  pages: z.array(z.int().min(1)).min(1),
  /** Where it stands on its one page, in fractions of the upright page as submitted; null where it has its pages to itself. */
  region: boxSchema.nullable(),
  /** That it is a document of its own, 0 to 1: that of the less certain of its bounds. */
  probability: z.number().min(0).max(1),
})
/** One of several documents in a file. */
export type Part = z.infer<typeof partSchema>

/** Where a part stands, see `Part`. */
export interface Extent {
  readonly pages: readonly number[]
  readonly region: Box | null
}

export const segmentationSchema = z.object({
  /** One for a file that is one document, as far as is known. */
  parts: z.array(partSchema).min(1),
  /** That one of them may be several, and why; `part` is its index. */
  doubts: z.array(z.object({ part: z.int().min(1), flag: violationSchema })),
})
/** What documents a file holds. */
export type Segmentation = Readonly<z.infer<typeof segmentationSchema>>

/** Reasons to take a part for several documents. */
export const doubtsAbout = ({ doubts }: Segmentation, { index }: Part): readonly Violation[] =>
  doubts.flatMap(({ part, flag }) => (part === index ? [flag] : []))

/** What a document of a file is called, where the file holds several: `scan.pdf#2`. */
export const partName = (file: string, { index }: Pick<Part, 'index'>): string => `${file}#${index}`

/** The file of a result, also of one that is about a part of it. */
export const fileOf = ({
  file,
  part,
}: {
  readonly file: string
  readonly part?: Part | undefined
}): string => (part && file.endsWith(partName('', part)) ? file.slice(0, -partName('', part).length) : file)

const numbersOf = (pages: readonly number[]): string =>
  pages.length === 1 ? `page ${pages[0]}` : `pages ${pages[0]}–${pages.at(-1)}`

const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`

/** Where a part stands, for people: `pages 2–3`, `page 1 (left 0 %, top 50 %, right 100 %, bottom 100 %)`. */
export function placeOf({ pages, region }: Extent): string {
  if (region === null) return numbersOf(pages)
  const [left, top, right, bottom] = region.map(percent)
  return `${numbersOf(pages)} (left ${left}, top ${top}, right ${right}, bottom ${bottom})`
}
