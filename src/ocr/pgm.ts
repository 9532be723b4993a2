import type { PageImage } from '../core/document.ts'

/** A page as binary PGM (P5): what Leptonica reads without a decoder worth attacking. */
export function toPgm({ data, width, height }: PageImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data])
}
