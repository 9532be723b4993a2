import { pdfOf } from './test-images.ts'

/** What stands on a page of a test PDF. */
export interface DrawnPage {
  /** Operators of a content stream; the fonts are /F1, Helvetica, and others that look the same: see `maps`. */
  readonly content: string
  readonly entries?: string
}

const range = (all: string): string => `1 begincodespacerange <00> <FF> endcodespacerange\n${all}`

/** What fonts say that their letters mean: the next ones of the alphabet, signs for private use, and nothing at all. */
const maps = {
  F2: range(
    '3 beginbfrange <30> <38> <0031> <41> <59> <0042> <61> <79> <0062> endbfrange 1 beginbfchar <39> <0030> endbfchar',
  ),
  F3: range('1 beginbfrange <20> <7E> <E000> endbfrange'),
  F4: range(
    `95 beginbfchar ${Array.from({ length: 95 }, (_, i) => `<${(32 + i).toString(16)}> <FFFD>`).join(' ')} endbfchar`,
  ),
} as const

const streamOf = (content: string): string =>
  `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`

/** A grey picture of 2 × 2 pixels. */
const picture =
  '<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode /Length 9 >>\nstream\nFFFEFEFF>\nendstream'

/** A PDF with text of its own: 400 × 500 points a page. */
export function pdfWithText(pages: readonly DrawnPage[], extra: readonly string[] = []): Buffer {
  const first = 12
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ')
  const font = (more: string): string =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding ${more}>>`
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${extra.length > 0 ? `/AcroForm << /Fields [${first + 2 * pages.length} 0 R] >> ` : ''}>>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font(''),
    ...[4, 5, 6].map((i) => font(`/ToUnicode ${i + 3} 0 R `)),
    ...Object.values(maps).map(streamOf),
    '<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R >> /XObject << /Im0 11 0 R >> >>',
    picture,
    ...pages.flatMap(({ content, entries = '' }, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Resources 10 0 R ${entries} /Contents ${first + 1 + 2 * i} 0 R >>`,
      streamOf(content),
    ]),
    ...extra,
  ])
}

const escaped = (text: string): string => text.replace(/[()\\]/g, '\\$&')

/** Lines of text from the top left on. */
export const printed = (
  lines: readonly string[],
  { font = 'F1', before = '', left = 40, top = 450 } = {},
): string =>
  lines
    .map((line, i) => `${before} BT /${font} 12 Tf ${left} ${top - 24 * i} Td (${escaped(line)}) Tj ET`)
    .join('\n')
