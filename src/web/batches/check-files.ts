import type { Limits } from '../../contract/jobs.ts'
import { bytes } from '../shell/words.ts'

/** How files begin that can be documents; `-` for any byte. */
const beginnings: readonly string[] = [
  'ffd8ff', // JPEG
  '89504e47', // PNG
  '49492a00', // TIFF
  '4d4d002a',
  '52494646--------57454250', // WebP
  '--------66747970', // HEIC, AVIF
  '474946383', // GIF
  '424d', // BMP
  '25504446', // PDF
]

const hex = (head: Uint8Array): string => [...head].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const fits = (head: string, beginning: string): boolean =>
  [...beginning].every((digit, i) => digit === '-' || head[i] === digit)

/** Whether a file may be a document, by its first bytes; what stands before the `%PDF` of some files is passed over. */
export function mayBeDocument(head: Uint8Array): boolean {
  const begins = hex(head)
  if (beginnings.some((beginning) => fits(begins, beginning))) return true
  const text = new TextDecoder('latin1').decode(head)
  return text.includes('%PDF-') || /^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*</.test(text)
}

const headBytes = 1024

/** Why a file would be refused; null where it may be sent. */
export async function problemOf(file: File, limits: Limits): Promise<string | null> {
  if (file.size === 0) return 'is empty'
  if (file.size > limits.fileBytes) return `is larger than ${bytes(limits.fileBytes)}`
  const head = await file
    .slice(0, headBytes)
    .arrayBuffer()
    .catch(() => null)
  if (head === null) return 'cannot be read'
  return mayBeDocument(new Uint8Array(head)) ? null : 'is no image, PDF or e-invoice'
}

/** Why files cannot be sent together; null where they can. */
export function problemOfAll(files: readonly File[], limits: Limits): string | null {
  if (files.length > limits.files) return `At most ${limits.files} files can be sent at a time.`
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return size > limits.requestBytes ? `At most ${bytes(limits.requestBytes)} can be sent at a time.` : null
}
