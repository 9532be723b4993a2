import { ParallaxError } from '../core/errors.ts'
import { openImage } from './decode.ts'
import { checkBytes, type ImagingLimits } from './limits.ts'
import type { PageSource } from './page-source.ts'
import { sniff } from './sniff.ts'

/** An installation may have left the decoder out, for its patents. */
function withoutDecoder(cause: unknown): never {
  if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
  throw new ParallaxError(
    'E_UNSUPPORTED_TYPE',
    'HEIC files are not read by this installation, which lacks the package @hevcjs/core. Please export the photo as JPEG.',
    { cause },
  )
}

/** Opens a file by its content; rejects with a `ParallaxError` when it is nothing that can be read. The caller closes it. */
export async function openPages(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const format = await sniff(bytes)
  checkBytes(bytes, format, limits)
  switch (format) {
    case 'pdf': {
      const { openPdf } = await import('./pdf.ts')
      return openPdf(bytes, limits)
    }
    case 'heic': {
      const { openHeif } = await import('./heif.ts').catch(withoutDecoder)
      return openHeif(bytes, limits)
    }
    case 'bmp': {
      const { openBmp } = await import('./bmp.ts')
      return openBmp(bytes, limits)
    }
    default:
      return openImage(bytes, format, limits)
  }
}
