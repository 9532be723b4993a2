import { defaultType } from '../core/document-type.ts'
import { openExtraction } from '../app/extraction.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Strategy, ExtractionResult } from '../core/extraction-result.ts'
import { typedResult } from '../core/typed-result.ts'
import { certified, readCertificate } from '../service/certifying/certificates.ts'
import { openTypeFolder } from '../document-types/type-folder.ts'
import { describe, type Description } from '../service/types/describe.ts'
import { extractOne, extractAll, type Extracting, type Source } from '../service/reading/extract-files.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { readInput } from '../service/files/intake.ts'
import type { Reader } from '../service/reading/read-document.ts'
import type { Config } from '../config.ts'
import type { Document, ExtractOptions, Parallax, Settings } from './api.ts'
import { configOf } from './settings.ts'

function sourceOf(document: Document): Source {
  if (typeof document === 'string') return { name: document, bytes: () => readInput(document) }
  if (document instanceof Uint8Array) return { name: 'document', bytes: async () => document }
  return { name: document.name, bytes: async () => document.bytes }
}

async function* sourcesOf(
  documents: string | Iterable<Document> | AsyncIterable<Document>,
): AsyncIterable<Source> {
  const all =
    typeof documents === 'string' ? (await expandInputs([documents], process.cwd())).files : documents
  for await (const document of all) yield sourceOf(document)
}

/** Makes what loads a type and starts its engines once for all documents that are read by them. */
function typeLoader({ reader, config }: { readonly reader: Reader; readonly config: Config }) {
  const loaded = new Map<string, Promise<Description>>()
  const { home, ocr, vlm, accept, split, templates } = config
  const kept = openTypeFolder(home)
  return {
    async load(spec: string, route: Strategy): Promise<Description> {
      const version = (await kept.find(spec))?.version ?? ''
      const id = `${route} ${spec} ${version}`
      const description =
        loaded.get(id) ??
        describe(reader.run, { spec, cwd: process.cwd(), route, ocr, vlm, accept, split, templates })
      loaded.set(id, description)
      description.catch(() => loaded.delete(id))
      return description
    },
    /** A type file that has changed is loaded anew for the next document. */
    check({ error }: ExtractionResult): void {
      if (error?.code === 'E_TYPE_INVALID') loaded.clear()
    },
  }
}

/** See `createParallax`. */
export async function openParallax(settings: Settings): Promise<Parallax> {
  const config = configOf(settings)
  const certificate = settings.certificate === undefined ? null : await readCertificate(settings.certificate)
  const { reader, ...extraction } = openExtraction(config)
  const types = typeLoader({ reader, config })
  let closed = false

  async function prepare<T>(options: ExtractOptions<T>, signal?: AbortSignal): Promise<Extracting> {
    if (closed) throw new ParallaxError('E_BAD_REQUEST', 'This Parallax was closed.')
    const { type: spec = defaultType, route = 'auto' } = options
    signal?.throwIfAborted()
    const { type, templates } = await types.load(spec, route)
    signal?.throwIfAborted()
    return { reader: { ...reader, templates }, type, templates: config.templates, route, signal }
  }

  function answer<T>(result: ExtractionResult, { schema }: ExtractOptions<T>) {
    types.check(result)
    return typedResult(certified(result, certificate), schema)
  }

  const close = async (): Promise<void> => {
    closed = true
    await extraction[Symbol.asyncDispose]()
  }
  return {
    async extract(document, options = {}) {
      return answer(await extractOne(sourceOf(document), await prepare(options, options.signal)), options)
    },
    async *extractAll(documents, options = {}) {
      const stopped = new AbortController()
      const signal = AbortSignal.any([stopped.signal, ...(options.signal ? [options.signal] : [])])
      try {
        const extracting = await prepare(options, signal)
        for await (const result of extractAll(sourcesOf(documents), extracting, config.concurrency))
          yield answer(result, options)
      } finally {
        stopped.abort()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
