import { z } from 'zod'

/** The functions of PDFium that its wrapper does not offer: https://pdfium.googlesource.com/pdfium/+/main/public. Numbers are pointers. */
export interface TextModule {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void }
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_PageToDevice(
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turned: number,
    x: number,
    y: number,
    toX: number,
    toY: number,
  ): number
  _FPDFPage_Flatten(page: number, usage: number): number
  _FPDFPage_CountObjects(page: number): number
  _FPDFPage_GetObject(page: number, index: number): number
  _FPDFFormObj_CountObjects(object: number): number
  _FPDFFormObj_GetObject(object: number, index: number): number
  _FPDFPageObj_GetType(object: number): number
  _FPDFPageObj_GetBounds(object: number, l: number, b: number, r: number, t: number): number
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetUnicode(text: number, index: number): number
  _FPDFText_HasUnicodeMapError(text: number, index: number): number
  _FPDFText_GetCharBox(text: number, index: number, l: number, r: number, b: number, t: number): number
  _FPDFText_GetTextObject(text: number, index: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
}

const needed = [
  ...[
    '_FPDF_LoadPage',
    '_FPDF_ClosePage',
    '_FPDF_PageToDevice',
    '_FPDFPage_Flatten',
    '_FPDFPage_CountObjects',
  ],
  ...['_FPDFPage_GetObject', '_FPDFFormObj_CountObjects', '_FPDFFormObj_GetObject', '_FPDFPageObj_GetType'],
  ...['_FPDFPageObj_GetBounds', '_FPDFText_LoadPage', '_FPDFText_ClosePage', '_FPDFText_CountChars'],
  ...['_FPDFText_GetUnicode', '_FPDFText_HasUnicodeMapError', '_FPDFText_GetCharBox'],
  ...['_FPDFText_GetTextObject', '_FPDFTextObj_GetTextRenderMode'],
] as const

const insideSchema = z.object({
  documentIdx: z.number(),
  module: z.custom<TextModule>(
    (module) =>
      typeof module === 'object' &&
      module !== null &&
      needed.every((name) => name in module && 'HEAPU8' in module),
  ),
})

/** What the wrapper keeps of an open document for itself; null where it is built in another way than it is here. */
export const insideOf = (document: object): z.infer<typeof insideSchema> | null =>
  insideSchema.safeParse(document).data ?? null
