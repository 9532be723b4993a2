import { PDFiumLibrary } from '@hyzyla/pdfium'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'

/** A file that is attached to a PDF. */
export interface Attachment {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Attachments that are looked at, and bytes of one of them. */
export const attachmentLimits = { count: 50, bytes: 16 * 1024 * 1024, nameBytes: 1024 } as const

/** The functions of PDFium that its wrapper does not offer: https://pdfium.googlesource.com/pdfium/+/main/public/fpdf_attachment.h. Numbers are pointers. */
interface AttachmentModule {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void }
  _FPDFDoc_GetAttachmentCount(document: number): number
  _FPDFDoc_GetAttachment(document: number, index: number): number
  _FPDFAttachment_GetName(attachment: number, buffer: number, length: number): number
  _FPDFAttachment_GetFile(attachment: number, buffer: number, length: number, written: number): number
}

const needed = [
  '_FPDFDoc_GetAttachmentCount',
  '_FPDFDoc_GetAttachment',
  '_FPDFAttachment_GetName',
  '_FPDFAttachment_GetFile',
] as const

const insideSchema = z.object({
  documentIdx: z.number(),
  module: z.custom<AttachmentModule>(
    (module) =>
      typeof module === 'object' &&
      module !== null &&
      needed.every((name) => name in module && 'HEAPU8' in module),
  ),
})

/** Runs with so many bytes of PDFium's memory. */
function withMemory<T>({ wasmExports }: AttachmentModule, bytes: number, use: (pointer: number) => T): T {
  const pointer = wasmExports.malloc(bytes)
  if (pointer === 0) throw new ParallaxError('E_MEMORY', 'There is not enough memory for an attachment of the PDF.') // prettier-ignore
  try {
    return use(pointer)
  } finally {
    wasmExports.free(pointer)
  }
}

/** Names are UTF-16 and end with a zero. */
function nameOf(module: AttachmentModule, attachment: number): string | null {
  const length = module._FPDFAttachment_GetName(attachment, 0, 0)
  if (length <= 2 || length > attachmentLimits.nameBytes) return null
  return withMemory(module, length, (buffer) => {
    module._FPDFAttachment_GetName(attachment, buffer, length)
    return Buffer.from(module.HEAPU8.slice(buffer, buffer + length - 2)).toString('utf16le')
  })
}

const tooLarge = (name: string): ParallaxError =>
  new ParallaxError(
    'E_FILE_TOO_LARGE',
    `The attachment ${name} of the PDF has more than ${attachmentLimits.bytes / 1024 / 1024} MB.`,
  )

/** The size is asked for first: what is too large is never copied. */
function bytesOf(module: AttachmentModule, attachment: number, name: string): Uint8Array {
  return withMemory(module, 8, (written) => {
    module._FPDFAttachment_GetFile(attachment, 0, 0, written)
    const length = new DataView(module.HEAPU8.buffer).getUint32(written, true)
    if (length > attachmentLimits.bytes) throw tooLarge(name)
    if (length === 0) return new Uint8Array()
    return withMemory(module, length, (buffer) => {
      module._FPDFAttachment_GetFile(attachment, buffer, length, written)
      return module.HEAPU8.slice(buffer, buffer + length)
    })
  })
}

/** The attachments of an open document whose names are wanted; none where its library is built in another way. */
function wantedIn(document: object, isWanted: (name: string) => boolean): readonly Attachment[] {
  const inside = insideSchema.safeParse(document).data
  if (!inside) return []
  const { module, documentIdx } = inside
  const count = Math.min(module._FPDFDoc_GetAttachmentCount(documentIdx), attachmentLimits.count)
  return Array.from({ length: Math.max(0, count) }, (_, i) => i).flatMap((index): readonly Attachment[] => {
    const attachment = module._FPDFDoc_GetAttachment(documentIdx, index)
    const name = attachment === 0 ? null : nameOf(module, attachment)
    if (name === null || !isWanted(name)) return []
    return [{ name, bytes: bytesOf(module, attachment, name) }]
  })
}

/**
 * The files attached to a PDF whose names are wanted, among its first `attachmentLimits.count`; none for a file that cannot be opened as a PDF.
 * E_FILE_TOO_LARGE where one of them is larger than `attachmentLimits.bytes`.
 */
export async function attachmentsOf(
  pdf: Uint8Array,
  isWanted: (name: string) => boolean,
): Promise<readonly Attachment[]> {
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(pdf).catch(() => null)
    if (!document) return []
    try {
      return wantedIn(document, isWanted)
    } finally {
      document.destroy()
    }
  } finally {
    library.destroy()
  }
}
