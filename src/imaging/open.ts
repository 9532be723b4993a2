import { openImage } from './decode.ts'
import { checkBytes, type ImagingLimits } from './limits.ts'
import type { PageSource } from './page-source.ts'
import { sniff } from './sniff.ts'

/** Opens a file by its content; rejects with a `ParallaxError` when it is nothing that can be read. The caller closes it. */
export async function openPages(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const format = await sniff(bytes)
  checkBytes(bytes, format, limits)
  if (format !== 'pdf') return openImage(bytes, format, limits)
  const { openPdf } = await import('./pdf.ts')
  return openPdf(bytes, limits)
}
