import type { Document, Page } from '../core/document.ts'
import type { Extent } from '../core/part.ts'
import { ParallaxError } from '../core/errors.ts'
import { checkDocumentPixels, checkPageCount, defaultLimits, type ImagingLimits } from './limits.ts'
import { withLayer } from './layer.ts'
import { openPages } from './open.ts'
import { makePage, makePageOf } from './page.ts'
import type { PageSource } from './page-source.ts'

export type { ImagingLimits } from './limits.ts'

const allOf = ({ count }: PageSource): Extent => ({
  pages: Array.from({ length: count }, (_, i) => i + 1),
  region: null,
})

async function makePages(
  source: PageSource,
  { pages: numbers, region }: Extent,
  limits: ImagingLimits,
  onPage: () => void,
): Promise<Page[]> {
  const pages: Page[] = []
  let pixels = 0
  for (const number of numbers) {
    onPage()
    const upright = await source.render(number - 1)
    const bare = await (region ? makePageOf(number, upright, region) : makePage(number, upright))
    const page = withLayer(bare, upright, source.layer?.(number - 1) ?? null)
    pixels += page.image.data.length
    checkDocumentPixels(pixels, limits)
    pages.push(page)
  }
  return pages
}

function checkExtent({ pages }: Extent, { count }: PageSource): void {
  const missing = pages.find((number) => number > count)
  if (missing === undefined) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `The document has ${count} pages, and page ${missing} was asked for.`,
  )
}

/**
 * Turns a file's bytes into normalised pages: upright, cropped to the paper, deskewed, evenly lit, grey.
 * `onPage` is called before each page is made. With an extent, only those pages, and only what stands in its region; pages keep
 * the numbers, and boxes lead to the places, that they have in the file. Rejects with a `ParallaxError` for every bad input.
 */
export async function loadDocument(
  bytes: Uint8Array,
  limits: Partial<ImagingLimits> = {},
  onPage: () => void = () => {},
  extent: Extent | null = null,
): Promise<Document> {
  const effective = { ...defaultLimits, ...limits }
  const source = await openPages(bytes, effective)
  try {
    checkPageCount(source.count, effective)
    const wanted = extent ?? allOf(source)
    checkExtent(wanted, source)
    return { pages: await makePages(source, wanted, effective, onPage) }
  } finally {
    source.close()
  }
}
