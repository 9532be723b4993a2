import type { Reading } from '../../core/document-type.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { TypeRef } from '../../core/jobs.ts'
import type { Part } from '../../core/part.ts'
import { readPages } from '../../extractors/read-pages.ts'
import { paced, type ChildEngines, type ReadProgress } from './read-in-child.ts'

interface TextRequest {
  readonly bytes: Uint8Array
  /** Null where nothing is asked: no words are labelled then. */
  readonly type: TypeRef | null
  readonly ocr: string
  readonly pageMs: number
  /** The document to read, where the file holds several. */
  readonly part?: Part | null
}

/** What a template sees of a document: the first half of the way that every document takes. E_NO_TEXT for empty pages. */
export async function readText(
  { bytes, type, ocr: name, pageMs, part = null }: TextRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Reading> {
  const nextPage = (): void => progress.extendDeadline(pageMs)
  const [ocr, tagger] = await Promise.all([engines.ocr(name), type && engines.tagger(type)])
  const document = await engines.load(bytes, nextPage, part)
  const pages = (await readPages(document, paced(ocr, nextPage))).map(({ reading }) => reading)
  if (pages.every(({ lines }) => lines.length === 0))
    throw new ParallaxError('E_NO_TEXT', 'No text was found on any page.')
  return { pages, entities: (await tagger?.tag(pages)) ?? [], digitConfusions: ocr.digitConfusions }
}
