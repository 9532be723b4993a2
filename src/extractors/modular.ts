import type { OcrPage } from '../core/document.ts'
import type { EntityTagger, OcrEngine } from '../core/engines.ts'
import type { Violation } from '../core/extraction.ts'
import type { Extractor } from '../core/extractor.ts'
import { leastSharpness, locateFields, seenWords } from './locate.ts'
import { dropInvalid } from './invalid-values.ts'
import { textLayer } from './layer.ts'
import { readPages, type ReadPage } from './read-pages.ts'
import { unknownScripts } from './unknown-script.ts'
import { validate } from './validate.ts'

export interface ModularEngines {
  readonly ocr: OcrEngine
  /** Null where the type's template looks for no labels. */
  readonly tagger: EntityTagger | null
}

function emptyPages(pages: readonly OcrPage[]): readonly Violation[] {
  if (pages.some((p) => p.lines.length > 0)) return []
  return [{ code: 'E_NO_TEXT', field: null, message: 'No text was found on any page.' }]
}

/** What made the words: the engine, after the file's own text where there is any, which the engine has read samples of. */
const readersOf = (read: readonly ReadPage[], ocr: OcrEngine): Readonly<Record<string, string>> => ({
  ...(read.some(({ by }) => by !== 'ocr') && { [textLayer.name]: textLayer.revision }),
  [ocr.name]: ocr.revision,
})

/** OCR → entities → template → schema: every step can be looked at, and every value has its place on the page. */
export function modularExtractor({ ocr, tagger }: ModularEngines): Extractor {
  return {
    path: 'modular',
    async extract(document, type, signal) {
      const started = performance.now()
      const read = await readPages(document, ocr, signal)
      const pages = read.map(({ reading }) => reading)
      const upright = read.map(({ page }) => page)
      const entities = (await tagger?.tag(pages, signal)) ?? []
      const filled = type.template.fill({ pages, entities, digitConfusions: ocr.digitConfusions })
      const candidate = dropInvalid(filled, type)
      const { data, violations } = validate(candidate.data, type)
      return {
        documentType: type.name,
        path: 'modular',
        data,
        fields: locateFields(candidate.fields, upright),
        violations: [
          ...emptyPages(pages),
          ...unknownScripts(read, ocr),
          ...candidate.violations,
          ...violations,
        ],
        observations: candidate.observations ?? {},
        producedBy: {
          ...readersOf(read, ocr),
          ...(tagger && { [tagger.name]: tagger.revision }),
          ...candidate.producedBy,
        },
        words: seenWords(pages, upright),
        crossCheck: null,
        sharpness: leastSharpness(upright),
        ms: Math.round(performance.now() - started),
      }
    },
  }
}
