import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium'
import { ParallaxError } from '../core/errors.ts'
import type { PageImage } from '../core/document.ts'
import { checkSize, type ImagingLimits } from './limits.ts'
import { MAX_PAGE_PIXELS, type PageSource } from './page-source.ts'

const POINTS_PER_INCH = 72
const DPI = 200
/** A till roll is drawn wider than its 200 dpi, for its letters are small. */
const MIN_WIDTH = 1100

let library: Promise<PDFiumLibrary> | undefined
const pdfium = (): Promise<PDFiumLibrary> => (library ??= PDFiumLibrary.init())

const corrupt = (cause?: unknown): ParallaxError =>
  new ParallaxError(
    'E_CORRUPT',
    'The PDF is damaged or incomplete and cannot be opened. Please export or scan it again.',
    { cause },
  )

/** The library tells its errors apart by their sentences only. */
function openingError(cause: unknown): ParallaxError {
  if (!(cause instanceof Error && /password|security/i.test(cause.message))) return corrupt(cause)
  return new ParallaxError(
    'E_PDF_ENCRYPTED',
    'The PDF is protected by a password. Please save a copy without the password and submit that.',
    { cause },
  )
}

/** Pixels per point: 200 dpi, more for narrow pages, less where the page would have more pixels than any reader needs. */
export function renderScale(widthPoints: number, heightPoints: number): number {
  const wanted = Math.max(DPI / POINTS_PER_INCH, MIN_WIDTH / widthPoints)
  return Math.min(wanted, Math.sqrt(MAX_PAGE_PIXELS / (widthPoints * heightPoints)))
}

const rendering = {
  colorSpace: 'Gray',
  renderFormFields: true,
  render: async ({ data }: { data: Uint8Array }) => data,
} as const

async function renderPage(page: PDFiumPage, limits: ImagingLimits): Promise<PageImage> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth >= 1 && originalHeight >= 1)) throw corrupt()
  const scale = renderScale(originalWidth, originalHeight)
  checkSize(Math.floor(originalWidth * scale), Math.floor(originalHeight * scale), MAX_PAGE_PIXELS, limits)
  const { data, width, height } = await page.render({ ...rendering, scale }).catch((cause: unknown) => {
    // A trap leaves the library's memory in no known state: the next document gets a fresh one.
    library = undefined
    throw corrupt(cause)
  })
  return { data, width, height }
}

/** Opens a PDF; rejects with E_CORRUPT or E_PDF_ENCRYPTED, and with E_TOO_SMALL when a page is rendered. */
export async function openPdf(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const document: PDFiumDocument = await (await pdfium()).loadDocument(bytes).catch((cause: unknown) => {
    throw openingError(cause)
  })
  return {
    count: document.getPageCount(),
    render: (index) => renderPage(document.getPage(index), limits),
    close: () => document.destroy(),
  }
}
