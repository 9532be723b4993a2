import sharp from 'sharp'
import { pdfOf } from '../../imaging/test-images.ts'

/** Pages as one TIFF file, all of the size of the largest. */
export async function tiffOf(pages: readonly Buffer[]): Promise<Buffer> {
  const sizes = await Promise.all(pages.map((page) => sharp(page).metadata()))
  const width = Math.max(...sizes.map((size) => size.width))
  const height = Math.max(...sizes.map((size) => size.height))
  const even = await Promise.all(
    pages.map((page) =>
      sharp(page)
        .resize({
          width,
          height,
          fit: 'contain',
          position: 'top',
          background: 'white',
          withoutEnlargement: true,
        })
        .greyscale()
        .png()
        .toBuffer(),
    ),
  )
  return sharp(even, { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer()
}

/** Pages as one PDF file of pictures. */
export async function scannedPdf(pages: readonly Buffer[]): Promise<Buffer> {
  const pictures = await Promise.all(
    pages.map((page) =>
      sharp(page)
        .greyscale()
        .toColourspace('b-w')
        .jpeg({ quality: 90 })
        .toBuffer({ resolveWithObject: true }),
    ),
  )
  const first = 3
  const kids = pictures.map((_, i) => `${first + 3 * i} 0 R`).join(' ')
  const objects = pictures.flatMap(({ data, info: { width, height } }, i) => {
    const [content, picture] = [first + 3 * i + 1, first + 3 * i + 2]
    const [across, down] = [(width * 72) / 200, (height * 72) / 200]
    const draw = `q ${across} 0 0 ${down} 0 0 cm /P Do Q`
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] /Contents ${content} 0 R /Resources << /XObject << /P ${picture} 0 R >> >> >>`,
      `<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`,
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream`,
    ]
  })
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`,
    ...objects,
  ])
}

/** Slips on the white plate of a flatbed scanner, at these places in pixels. */
export async function onPlate(
  slips: readonly { readonly picture: Buffer; readonly left: number; readonly top: number }[],
  width: number,
  height: number,
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite(slips.map(({ picture, left, top }) => ({ input: picture, left, top })))
    .png()
    .toBuffer()
}
