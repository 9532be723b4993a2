import type { Document } from '../../core/document.ts'
import type { DocumentType, EmbeddedReader } from '../../core/document-type.ts'
import type { OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Candidate, Extraction, Field, JsonPointer, SeenWord, Violation } from '../../core/extraction.ts'
import { specOf, type FieldSpec } from '../../core/field-spec.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { leastSharpness, seenWords } from '../../extractors/locate.ts'
import { readPages } from '../../extractors/read-pages.ts'
import { validate } from '../../extractors/validate.ts'
import { attachmentsOf } from '../../imaging/attachments.ts'
import { label } from '../../core/pointer.ts'
import { isGrounded } from '../../trust/ground.ts'

/** Data that a file holds for its type, or why what it holds cannot be taken; `hasPages` says whether it has pages beside it. */
export type Embedded =
  | { readonly candidate: Candidate; readonly hasPages: boolean }
  | { readonly candidate: null; readonly doubts: readonly Violation[] }

const nothing: Embedded = { candidate: null, doubts: [] }

const unreadable = (why: string): Embedded => ({
  candidate: null,
  doubts: [
    {
      code: 'EMBEDDED_UNREADABLE',
      field: null,
      message: `The file holds data that cannot be taken: ${why} Its pages were read instead.`,
    },
  ],
})

const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-')

async function attached(bytes: Uint8Array, reader: EmbeddedReader, type: DocumentType): Promise<Embedded> {
  const found = await attachmentsOf(bytes, (name) => reader.isAttachment(name))
  const [first, ...more] = found
  if (!first) return nothing
  if (more.length > 0) return unreadable(`it has ${found.length} attachments that say what it is.`)
  const candidate = reader.read(first.bytes)
  validate(candidate.data, type)
  return { candidate, hasPages: true }
}

/**
 * What a file holds as data for its type. Throws for a file that is nothing but data and cannot be read; what is wrong with data
 * beside pages is a doubt.
 */
export async function embeddedIn(bytes: Uint8Array, type: DocumentType): Promise<Embedded> {
  const { embedded: reader } = type
  if (!reader) return nothing
  if (reader.isFile(bytes)) return { candidate: reader.read(bytes), hasPages: false }
  if (!isPdf(bytes)) return nothing
  try {
    return await attached(bytes, reader, type)
  } catch (error) {
    if (error instanceof ParallaxError) return unreadable(error.message)
    throw error
  }
}

interface SeenPages {
  readonly words: readonly SeenWord[]
  readonly sharpness: number
}

async function readWords(document: Document, ocr: OcrEngine): Promise<SeenPages> {
  const read = await readPages(document, ocr)
  const pages = read.map(({ page }) => page)
  return {
    words: seenWords(
      read.map(({ reading }) => reading),
      pages,
    ),
    sharpness: leastSharpness(pages),
  }
}

/** How pages may print a value: short amounts are looked for sign by sign. */
function printedAs({ value, text }: Field): readonly (string | null)[] {
  if (typeof value !== 'number') return [text]
  const cents = value.toFixed(2)
  return [text, cents, cents.replace('.', ',')]
}

const isPrinted = (field: Field, spec: FieldSpec, words: readonly SeenWord[]): boolean =>
  printedAs(field).some((text) => isGrounded({ ...field, text }, spec, words))

/** Values that the pages do not print; a page without words says nothing. */
function differing(
  { fields }: Candidate,
  type: DocumentType,
  words: readonly SeenWord[],
): readonly Violation[] {
  const specs = fieldSpecsOf(type)
  const isHeld = (pointer: JsonPointer, { value }: Field): boolean =>
    value !== null && !(type.embedded?.unprinted ?? []).includes(pointer)
  return (Object.entries(fields) as [JsonPointer, Field][])
    .filter(([pointer, field]) => isHeld(pointer, field) && !isPrinted(field, specOf(specs, pointer), words))
    .map(([field, { value }]) => ({
      code: 'PAGE_DIFFERS',
      field,
      message: `The file's own data says that the ${label(field)} is "${value}", and no page prints that.`,
    }))
}

const noText: Violation = {
  code: 'E_NO_TEXT',
  field: null,
  message: 'No text was found on any page that the data of the file could be held against.',
}

/** Data that a file holds as an extraction, held against its pages where it has any; those are read by `ocr`. */
export async function embeddedExtraction(
  candidate: Candidate,
  type: DocumentType,
  pages: { readonly document: Document; readonly ocr: OcrEngine } | null,
): Promise<Extraction> {
  const started = performance.now()
  const seen = pages && (await readWords(pages.document, pages.ocr))
  const { data, violations } = validate(candidate.data, type)
  const held = seen && (seen.words.length === 0 ? [noText] : differing(candidate, type, seen.words))
  const { name, revision } = type.embedded!
  return {
    documentType: type.name,
    path: 'embedded',
    data,
    fields: candidate.fields,
    violations: [...candidate.violations, ...violations, ...(held ?? [])],
    observations: candidate.observations ?? {},
    producedBy: { [name]: revision, ...(pages && { [pages.ocr.name]: pages.ocr.revision }) },
    words: [],
    crossCheck: null,
    sharpness: seen?.sharpness ?? 0,
    ms: Math.round(performance.now() - started),
  }
}
