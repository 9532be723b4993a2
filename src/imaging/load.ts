import type { Document, Page } from '../core/document.ts'
import { checkDocumentPixels, checkPageCount, defaultLimits, type ImagingLimits } from './limits.ts'
import { openPages } from './open.ts'
import { makePage } from './page.ts'
import type { PageSource } from './page-source.ts'

export type { ImagingLimits } from './limits.ts'

async function makePages(source: PageSource, limits: ImagingLimits, onPage: () => void): Promise<Page[]> {
  const pages: Page[] = []
  let pixels = 0
  for (let index = 0; index < source.count; index++) {
    onPage()
    const page = await makePage(index + 1, await source.render(index))
    pixels += page.image.data.length
    checkDocumentPixels(pixels, limits)
    pages.push(page)
  }
  return pages
}

/**
 * Turns a file's bytes into normalised pages: upright, cropped to the paper, deskewed, evenly lit, grey.
 * `onPage` is called before each page is made. Rejects with a `ParallaxError` for every bad input.
 */
export async function loadDocument(
  bytes: Uint8Array,
  limits: Partial<ImagingLimits> = {},
  onPage: () => void = () => {},
): Promise<Document> {
  const effective = { ...defaultLimits, ...limits }
  const source = await openPages(bytes, effective)
  try {
    checkPageCount(source.count, effective)
    return { pages: await makePages(source, effective, onPage) }
  } finally {
    source.close()
  }
}
