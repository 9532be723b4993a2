import type { Document } from '../../core/document.ts'
import type { OcrEngine } from '../../core/engines.ts'
import type { ExtractionPath, Violation } from '../../core/extraction.ts'
import { isWithin, mapBox, type Box } from '../../core/geometry.ts'
import { placeOf, type Extent, type Part, type Segmentation } from '../../core/part.ts'
import { readPages, type ReadPage } from '../../extractors/read-pages.ts'
import { hasBlankBand } from '../../imaging/blank-bands.ts'
import { mostParts, segment, type Doubt } from '../../segmenting/segment.ts'

/** Pixels of a blank band below which no two documents on one page are apart. */
const leastBand = 60

/**
 * Whether a file may hold several documents, by its looks alone. The modular path reads all words anyway and need not ask.
 */
export const mayHoldSeveral = ({ pages }: Document, path: ExtractionPath): boolean =>
  path === 'modular' || pages.length > 1 || pages.some(({ image }) => hasBlankBand(image, leastBand))

/** The document the right way up, and what was found out when its words were read. */
export interface Told {
  readonly document: Document
  readonly segmentation: Segmentation
  /** The engine, which has what it read at hand. */
  readonly ocr: OcrEngine
}

/** The engine, which answers at once what it has read of a page before. */
function remembering(ocr: OcrEngine, read: readonly ReadPage[]): OcrEngine {
  const known = new Map(read.map(({ page, reading }) => [page.image, reading]))
  return {
    ...ocr,
    recognize: async (page, signal) => known.get(page.image) ?? ocr.recognize(page, signal),
  }
}

const code = 'SEVERAL_DOCUMENTS'

const advice =
  'If they are several, submit them apart; if all files are one document each, say so with --split never.'

function inWords({
  probability,
  reasons,
  ...place
}: Doubt & { readonly pages: readonly number[] }): Violation {
  const why = reasons.length === 0 ? '' : `: it ${reasons.join(', ')}`
  const what = `Another document may begin on ${placeOf(place)} (${Math.round(probability * 100)} %)${why}.`
  return { code, field: null, message: `${what} It was read as one. ${advice}` }
}

const tooMany: Violation = {
  code,
  field: null,
  message: `The file holds more documents than the ${mostParts} that are told apart in one file, or than are told apart on one page; it was read as one. Submit them in several files.`,
}

/** The part in which a place lies. */
function partWith({ pages: [page], region }: Extent, parts: readonly Part[]): number {
  const holds = (part: Part): boolean =>
    part.pages.includes(page!) && (!part.region || !region || isWithin(region, part.region))
  return parts.find(holds)?.index ?? 1
}

function segmentationOf(read: readonly ReadPage[]): Segmentation {
  const onFile = (page: number, region: Box | null): Box | null => {
    const transform = read.find((one) => one.page.number === page)!.page.toSubmitted
    return region && mapBox(region, transform)
  }
  const { segments, doubts, isCutShort } = segment(
    read.map(({ page: { number, image }, reading }) => ({
      page: number,
      width: image.width,
      height: image.height,
      words: reading.lines.flatMap(({ words }) => words),
    })),
  )
  const whole = { index: 1, of: 1, pages: read.map(({ page }) => page.number), region: null, probability: 1 }
  if (isCutShort) return { parts: [whole], doubts: [{ part: 1, flag: tooMany }] }
  const parts = segments.map(({ pages, region, probability }, i): Part => ({
    index: i + 1,
    of: segments.length,
    pages: [...pages],
    region: region && [...onFile(pages[0]!, region)!],
    probability: Math.round(probability * 1000) / 1000,
  }))
  const said = doubts.map((doubt) => {
    const place = { pages: [doubt.page], region: onFile(doubt.page, doubt.region) }
    return { part: partWith(place, parts), flag: inWords({ ...doubt, ...place }) }
  })
  return { parts, doubts: said }
}

/** Reads the words of a document and tells from them which documents it holds. */
export async function tellParts(document: Document, ocr: OcrEngine): Promise<Told> {
  const read = await readPages(document, ocr)
  return {
    document: { pages: read.map(({ page }) => page) },
    segmentation: segmentationOf(read),
    ocr: remembering(ocr, read),
  }
}
