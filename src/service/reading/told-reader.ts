import type { Strategy } from '../../core/extraction-result.ts'
import { describe, type Description } from '../types/describe.ts'
import type { TemplateFolder } from '../types/templates.ts'
import { tellTypes, type ToldTypes } from '../types/told-types.ts'
import type { Reader } from './read-document.ts'

type ToldDocument = ToldTypes['documents'][number]

/** What reads a document as the type that it was told to be. */
export interface ToldReader {
  readonly reader: Reader
  readonly description: Description
}

/** The types of a file's documents, as their words tell them. */
export const tellTypesOf = (
  { run, ocr, split, pipeline, pageMs }: Reader,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<ToldTypes> =>
  tellTypes(run, { bytes, ocr, pageMs, ...(split && { split }), ...(pipeline && { pipeline }) }, signal)

/** Loads the type that a document was told to be, with its vendor templates; rejects as `describe`. */
export async function toldReader(
  reader: Reader,
  { spec, told }: ToldDocument,
  route: Strategy,
  templates: TemplateFolder | undefined,
  signal?: AbortSignal,
): Promise<ToldReader> {
  const { run, ocr, vlm, accept, split } = reader
  const description = await describe(
    run,
    { spec, cwd: '/', route, ocr, vlm, accept, split, templates },
    signal,
  )
  const { pipeline: _, ...own } = reader
  return { description, reader: { ...own, templates: description.templates, told } }
}
