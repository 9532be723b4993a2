import { createHash } from 'node:crypto'
import type { Document, OcrPage, PageImage } from '../../core/document.ts'
import type { OcrEngine } from '../../core/engines.ts'
import type { Extent } from '../../core/part.ts'

/** Makes the pages of a file, as `loadDocument` does; `onPage` is called before each page that has to be made. */
export type LoadPages = (bytes: Uint8Array, onPage: () => void, extent: Extent | null) => Promise<Document>

/** Pixels of a document that is kept for what reads it next. */
const mostKept = 25e6

const pixelsOf = ({ pages }: Document): number => pages.reduce((sum, { image }) => sum + image.data.length, 0)

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** All of a file's pages are the same document whether or not they were named one by one. */
const placeOf = ({ pages, region }: Extent): string => JSON.stringify([pages, region])

/**
 * Loads documents and has the last one at hand, unless it is large: the paths of a route read the same pages one after the
 * other.
 */
export function keepingLast(load: LoadPages): LoadPages {
  let last: {
    readonly hash: string
    readonly places: readonly string[]
    readonly document: Document
  } | null = null
  return async (bytes, onPage, extent) => {
    const hash = hashOf(bytes)
    const place = extent ? placeOf(extent) : 'all'
    if (last?.hash === hash && last.places.includes(place)) return last.document
    last = null
    const document = await load(bytes, onPage, extent)
    const pages = document.pages.map(({ number }) => number)
    const places = extent ? [place] : [place, placeOf({ pages, region: null })]
    if (pixelsOf(document) <= mostKept) last = { hash, places, document }
    return document
  }
}

/** The engine, which reads no page a second time as long as the page is there. */
export function readingOnce(ocr: OcrEngine): OcrEngine {
  const known = new WeakMap<PageImage, OcrPage>()
  return {
    ...ocr,
    async recognize(page, signal) {
      signal?.throwIfAborted()
      const before = known.get(page.image)
      if (before?.page === page.number) return before
      const read = await ocr.recognize(page, signal)
      known.set(page.image, read)
      return read
    },
  }
}
