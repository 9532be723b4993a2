import type { OcrPage, Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import type { Fields, CrossCheck } from '../core/extraction.ts'
import { mapBox, type Box } from '../core/geometry.ts'
import { invert } from '../imaging/transform.ts'
import { seenWords } from './locate.ts'

/** Rows of pixels, from the first to the one after the last. */
type Band = readonly [first: number, end: number]

/** Of its height, that is shown above and below a value. */
const margin = 0.5

function bandsOf(boxes: readonly Box[], height: number): readonly Band[] {
  const claimed = boxes
    .map(([, y0, , y1]): Band => {
      const room = margin * (y1 - y0)
      return [
        Math.max(0, Math.floor((y0 - room) * height)),
        Math.min(height, Math.ceil((y1 + room) * height)),
      ]
    })
    .sort(([a], [b]) => a - b)
  return claimed.reduce<readonly Band[]>((bands, [first, end]) => {
    const last = bands.at(-1)
    if (!last || first > last[1]) return [...bands, [first, end]]
    return [...bands.slice(0, -1), [last[0], Math.max(last[1], end)]]
  }, [])
}

/** The page with nothing but these bands, one under the other. */
function squeezed(page: Page, bands: readonly Band[]): Page {
  const { data, width } = page.image
  const pieces = bands.map(([first, end]) => data.subarray(first * width, end * width))
  const height = bands.reduce((sum, [first, end]) => sum + end - first, 0)
  return { ...page, image: { data: Uint8Array.from(Buffer.concat(pieces)), width, height } }
}

/** Where a row of the squeezed page stands on the whole one; both in pixels. */
function unsqueezed(y: number, bands: readonly Band[]): number {
  let above = 0
  for (const [first, end] of bands) {
    if (y < above + end - first) return first + y - above
    above += end - first
  }
  return bands.at(-1)?.[1] ?? 0
}

function onWholePage(read: OcrPage, bands: readonly Band[], squeezedHeight: number, height: number): OcrPage {
  const down = (y: number): number => unsqueezed(y * squeezedHeight, bands) / height
  const moved = ([x0, y0, x1, y1]: Box): Box => [x0, down(y0), x1, down(y1)]
  const lines = read.lines.map(({ box, words }) => ({
    box: moved(box),
    words: words.map((word) => ({ ...word, box: moved(word.box) })),
  }))
  return { page: read.page, lines }
}

/** Where values are claimed to stand on a page, in fractions of it as it was normalised. */
function boxesOn(page: Page, fields: Fields): readonly Box[] {
  const toPage = invert(page.toSubmitted)
  const sources = Object.values(fields).flatMap(({ source }) => (source?.page === page.number ? source : []))
  return sources.map(({ box }) => mapBox(box, toPage))
}

/** What an engine reads of a page where it is shown nothing but the rows of these boxes; null where there are none. */
export async function readBands(
  page: Page,
  boxes: readonly Box[],
  ocr: OcrEngine,
  signal?: AbortSignal,
): Promise<OcrPage | null> {
  const { height } = page.image
  const bands = bandsOf(boxes, height)
  if (bands.length === 0) return null
  const small = squeezed(page, bands)
  return onWholePage(await ocr.recognize(small, signal), bands, small.image.height, height)
}

/** What another engine reads in the rows where the values of an extraction are claimed to stand. */
export async function crossCheck(
  pages: readonly Page[],
  fields: Fields,
  ocr: OcrEngine,
  signal?: AbortSignal,
): Promise<CrossCheck> {
  const read: OcrPage[] = []
  for (const page of pages) {
    const seen = await readBands(page, boxesOn(page, fields), ocr, signal)
    if (seen) read.push(seen)
  }
  return { engine: ocr.name, words: seenWords(read, pages) }
}
