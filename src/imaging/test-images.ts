import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { crc32, createDeflate } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import type { PageImage } from '../core/document.ts'

export const picture = ({ data, width, height }: PageImage): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 } })

export const filled = (width: number, height: number, value: number): PageImage => ({
  data: new Uint8Array(width * height).fill(value),
  width,
  height,
})

/** Numbers in 0 to 1 that are the same on every run. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function paint(
  image: PageImage,
  left: number,
  top: number,
  width: number,
  height: number,
  value: number,
): void {
  for (let y = top; y < top + height; y++)
    image.data.fill(value, y * image.width + left, y * image.width + left + width)
}

/** A glyph of two stems and two bars at random places: letter-like to any layout analysis, and free of fonts. */
function drawGlyph(image: PageImage, left: number, top: number, size: number, next: () => number): void {
  const stroke = Math.max(2, Math.round(size / 6))
  const wide = Math.round(size * 0.6)
  paint(image, left, top, stroke, size, 20)
  if (next() < 0.5) paint(image, left + wide - stroke, top, stroke, size, 20)
  paint(image, left, top + Math.round(next() * (size - stroke)), wide, stroke, 20)
  paint(image, left, top + Math.round(next() * (size - stroke)), wide, stroke, 20)
}

/** Lines of words of random glyphs, `size` pixels high, from a point on; `columns` glyphs a line. */
export function drawLines(
  image: PageImage,
  left: number,
  top: number,
  size: number,
  columns: number,
  lines: number,
): void {
  const next = sequence(7)
  for (let line = 0; line < lines; line++) {
    const length = Math.round(columns * (0.5 + 0.5 * next()))
    for (let i = 0; i < length; i++) {
      if (next() < 0.18) continue
      drawGlyph(image, left + Math.round(i * size * 0.8), top + Math.round(line * size * 1.9), size, next)
    }
  }
}

/** A white sheet filled with lines of text, with margins of about a tenth. */
export function drawSheet(width: number, height: number): PageImage {
  const image = filled(width, height, 250)
  const size = Math.round(width / 36)
  const columns = Math.floor((width * 0.8) / (size * 0.8))
  drawLines(
    image,
    Math.round(width * 0.1),
    Math.round(height * 0.1),
    size,
    columns,
    Math.floor((height * 0.8) / (size * 1.9)),
  )
  return image
}

function* zeros(count: number): Generator<Buffer> {
  const block = Buffer.alloc(1 << 20)
  for (let left = count; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A PNG of zeros that takes next to no space: `bits` per sample, colour type 0 (grey) or 6 (RGBA). */
export async function pngBomb(
  width: number,
  height: number,
  bits: number,
  colourType: 0 | 6,
): Promise<Buffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(bits, 8)
  header.writeUInt8(colourType, 9)
  const rowBytes = 1 + Math.ceil((width * bits * (colourType === 6 ? 4 : 1)) / 8)
  const pixels = await buffer(Readable.from(zeros(rowBytes * height)).pipe(createDeflate({ level: 1 })))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A PDF of the given objects, numbered from 1; the first must be the catalog. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const offset = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`
  const end = `trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + xref + end, 'latin1')
}

/** A PDF with pages of the given sizes in points, each with three filled bars as its content. */
export function pdfPages(sizes: readonly (readonly [width: number, height: number])[], trailer = ''): Buffer {
  const kids = sizes.map((_, i) => `${3 + 2 * i} 0 R`).join(' ')
  const pages = sizes.flatMap(([width, height], i) => {
    const bars = [0.2, 0.5, 0.8].map(
      (y) => `${width * 0.1} ${height * y} ${width * 0.6} ${height * 0.02} re f`,
    )
    const content = bars.join('\n')
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${4 + 2 * i} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]
  })
  const root = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${sizes.length} >>`,
  ]
  return pdfOf([...root, ...pages, encryption], trailer)
}

const encryption = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`

/** A PDF that opens only with a password nobody knows. */
export function encryptedPdf(): Buffer {
  const id = '00112233445566778899aabbccddeeff'
  return pdfPages([[200, 300]], `/Encrypt 5 0 R /ID [<${id}> <${id}>] `)
}

/** A grey picture as a Windows bitmap; with a palette of greys up to 8 bits, in blue, green, red (and an unused byte) above. */
export function bitmap(
  { data, width, height }: PageImage,
  bits: 1 | 4 | 8 | 24 | 32 = 24,
  rows: 'upwards' | 'downwards' = 'upwards',
): Buffer {
  const levels = bits > 8 ? 0 : 2 ** bits
  const rowBytes = Math.ceil((width * bits) / 32) * 4
  const start = 54 + 4 * levels
  const bytes = Buffer.alloc(start + rowBytes * height)
  bytes.write('BM', 'latin1')
  const header = [bytes.length, 0, start, 40, width, rows === 'upwards' ? height : -height, 1 | (bits << 16)]
  header.forEach((value, i) => bytes.writeInt32LE(value, 2 + 4 * i))
  for (let i = 0; i < levels; i++) bytes.fill(Math.round((255 * i) / (levels - 1)), 54 + 4 * i, 57 + 4 * i)
  for (let y = 0; y < height; y++) {
    const row = start + rowBytes * (rows === 'upwards' ? height - 1 - y : y)
    for (let x = 0; x < width; x++) {
      const grey = data[y * width + x]!
      if (bits > 8) bytes.fill(grey, row + (x * bits) / 8, row + (x * bits) / 8 + 3)
      else bytes[row + ((x * bits) >> 3)]! |= (grey >> (8 - bits)) << (8 - bits - ((x * bits) & 7))
    }
  }
  return bytes
}
