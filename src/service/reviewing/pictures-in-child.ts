import { ParallaxError } from '../../core/errors.ts'
import { looksLikeXml } from '../../e-invoices/xml.ts'
import { checkPageCount, defaultLimits } from '../../imaging/limits.ts'
import { openPages } from '../../imaging/open.ts'
import { fitted, type PageSource } from '../../imaging/page-source.ts'
import type { PagePicture, PageSizes, PageSizesRequest, PictureRequest } from './page-pictures.ts'

async function withPages<T>(bytes: Uint8Array, use: (source: PageSource) => Promise<T>): Promise<T> {
  const source = await openPages(bytes, defaultLimits)
  try {
    checkPageCount(source.count, defaultLimits)
    return await use(source)
  } finally {
    source.close()
  }
}

/** The sizes of all pages as pictures, of which an XML file has none; rejects with a `ParallaxError` for a file that cannot be read. */
export async function sizesInChild({ bytes, side }: PageSizesRequest): Promise<PageSizes> {
  if (looksLikeXml(bytes)) return []
  return withPages(bytes, async (source) => {
    const sizes: PageSizes = []
    for (let index = 0; index < source.count; index++)
      sizes.push({ page: index + 1, ...fitted(await source.size(index), side) })
    return sizes
  })
}

/** A page as a picture, upright; rejects as `sizesInChild`, and with E_NOT_FOUND for a page that is not there. */
export const pictureInChild = ({ bytes, page, side }: PictureRequest): Promise<PagePicture> =>
  withPages(bytes, async (source) => {
    if (page > source.count) throw new ParallaxError('E_NOT_FOUND', `The document has no page ${page}.`)
    return source.picture(page - 1, side)
  })
