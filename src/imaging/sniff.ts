import { fileTypeFromBuffer } from 'file-type'
import { ParallaxError } from '../core/errors.ts'

export type Format = 'jpeg' | 'png' | 'tiff' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic' | 'pdf'

const formats: Readonly<Record<string, Format>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/tiff': 'tiff',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/avif': 'avif',
  // The container of HEIC and AVIF under brands that say no more: what it holds is told when it is opened.
  'image/heif': 'heic',
  'image/heif-sequence': 'heic',
  'image/heic': 'heic',
  'image/heic-sequence': 'heic',
  'application/pdf': 'pdf',
}

/** What can be read, for messages. */
const readableFormats = 'Parallax reads JPEG, PNG, TIFF, WebP, HEIC, AVIF, GIF, BMP and PDF'

/** Shorter than any complete file of a supported format. */
const SHORTEST_FILE = 26

/** Looks like the beginning of a file of this kind, which has no fixed signature at its first byte. */
function textualKind(bytes: Uint8Array): 'application/pdf' | 'image/svg+xml' | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  if (head.includes('%PDF-')) return 'application/pdf'
  if (/<svg[\s>]/i.test(head) && !/<html[\s>]/i.test(head)) return 'image/svg+xml'
  return undefined
}

function notAnImage(bytes: Uint8Array): ParallaxError {
  const what =
    bytes.length === 0
      ? 'The file is empty'
      : 'The file is neither an image nor a PDF, whatever its name says'
  return new ParallaxError(
    'E_NOT_IMAGE',
    `${what}. ${readableFormats}: please scan, photograph or export the document.`,
  )
}

const unsupported = (mime: string): ParallaxError =>
  new ParallaxError(
    'E_UNSUPPORTED_TYPE',
    `The file is of the kind ${mime}, which is not supported. ${readableFormats}: ${remedyFor(mime)}.`,
  )

function remedyFor(mime: string): string {
  if (/zip|rar|7z|tar|gzip|x-bzip|x-xz/.test(mime))
    return 'please unpack the archive and submit the files in it'
  if (/officedocument|opendocument|x-cfb|rtf/.test(mime)) return 'please print or export the document as PDF'
  return 'please convert it to one of these'
}

/** The format by content, never by name; rejects with E_NOT_IMAGE or E_UNSUPPORTED_TYPE. */
export async function sniff(bytes: Uint8Array): Promise<Format> {
  if (bytes.length < SHORTEST_FILE) throw notAnImage(bytes)
  const detected = (await fileTypeFromBuffer(bytes))?.mime
  const mime = detected === undefined || detected === 'application/xml' ? textualKind(bytes) : detected
  if (mime === undefined) throw notAnImage(bytes)
  const format = formats[mime]
  if (format === undefined) throw unsupported(mime)
  return format
}
