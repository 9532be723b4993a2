import sharp from 'sharp'
import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium'
import { ParallaxError } from '../core/errors.ts'
import type { PageImage } from '../core/document.ts'
import { checkSize, type ImagingLimits } from './limits.ts'
import {
  fitted,
  MAX_PAGE_PIXELS,
  PICTURE_QUALITY,
  type PagePicture,
  type PageSource,
  type Size,
} from './page-source.ts'
import { readTextLayer } from './text-layer.ts'

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
function renderScale(widthPoints: number, heightPoints: number): number {
  const wanted = Math.max(DPI / POINTS_PER_INCH, MIN_WIDTH / widthPoints)
  return Math.min(wanted, Math.sqrt(MAX_PAGE_PIXELS / (widthPoints * heightPoints)))
}

const rendering = {
  renderFormFields: true,
  render: async ({ data }: { data: Uint8Array }) => data,
} as const

interface Drawn extends Size {
  readonly scale: number
}

/** How large a page is drawn; E_CORRUPT for one without a size, E_TOO_SMALL. */
function drawnSize(page: PDFiumPage, limits: ImagingLimits): Drawn {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth >= 1 && originalHeight >= 1)) throw corrupt()
  const scale = renderScale(originalWidth, originalHeight)
  const [width, height] = [Math.floor(originalWidth * scale), Math.floor(originalHeight * scale)]
  checkSize(width, height, MAX_PAGE_PIXELS, limits)
  return { width, height, scale }
}

async function draw(page: PDFiumPage, colorSpace: 'Gray' | 'BGRA', scale: number): Promise<PageImage> {
  const { data, width, height } = await page
    .render({ ...rendering, colorSpace, scale })
    .catch((cause: unknown) => {
      // A trap leaves the library's memory in no known state: the next document gets a fresh one.
      library = undefined
      throw corrupt(cause)
    })
  return { data, width, height }
}

/** PDFium is asked for colours in the order blue, green, red, and gives them in reverse, as sharp takes them. */
async function picturePage(page: PDFiumPage, drawn: Drawn, side: number): Promise<PagePicture> {
  const { data, ...raw } = await draw(page, 'BGRA', drawn.scale)
  const { width, height } = fitted(drawn, side)
  const jpeg = await sharp(data, { raw: { ...raw, channels: 4 } })
    .removeAlpha()
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: PICTURE_QUALITY })
    .toBuffer()
  return { jpeg, width, height }
}

/** Opens a PDF; rejects with E_CORRUPT or E_PDF_ENCRYPTED, and with E_TOO_SMALL when a page is rendered. */
export async function openPdf(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const document: PDFiumDocument = await (await pdfium()).loadDocument(bytes).catch((cause: unknown) => {
    throw openingError(cause)
  })
  const page = (index: number): PDFiumPage => document.getPage(index)
  const sizeOf = (index: number): Drawn => drawnSize(page(index), limits)
  return {
    count: document.getPageCount(),
    render: async (index) => draw(page(index), 'Gray', sizeOf(index).scale),
    size: async (index) => sizeOf(index),
    picture: async (index, side) => picturePage(page(index), sizeOf(index), side),
    layer: (index) => readTextLayer(document, index),
    close: () => document.destroy(),
  }
}
