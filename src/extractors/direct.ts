import type { Document, Page } from '../core/document.ts'
import type { DocumentType } from '../core/document-type.ts'
import type { Violation } from '../core/extraction.ts'
import type { Extractor } from '../core/extractor.ts'
import type { StopReason, VlmBackend, VlmPrediction } from '../core/vlm.ts'
import { turn } from '../imaging/half-turn.ts'
import { leastSharpness, locateFields, seenWords } from './locate.ts'
import { dropInvalid } from './invalid-values.ts'
import { readPrinted } from './printed-values.ts'
import { dropUnsafe } from './safety.ts'
import { validate } from './validate.ts'

interface Seen {
  readonly pages: readonly Page[]
  readonly prediction: VlmPrediction
}

/** Whether a page can hardly be read, as one that stands on its head. */
const isDoubtful = ({ uprightLegibility }: VlmBackend, legibility: number | null | undefined): boolean =>
  uprightLegibility !== null && (legibility ?? 1) < uprightLegibility

/** Pages that can hardly be read are tried upside down; of every page the more legible way counts. */
async function predict(
  backend: VlmBackend,
  { pages }: Document,
  type: DocumentType,
  signal?: AbortSignal,
): Promise<Seen> {
  const first = { pages, prediction: await backend.predict(pages, type, signal) }
  const seen = first.prediction.legibility
  if (!seen.some((legibility) => isDoubtful(backend, legibility))) return first
  const turned = pages.map((page, i) => (isDoubtful(backend, seen[i]) ? turn(page) : page))
  const second = { pages: turned, prediction: await backend.predict(turned, type, signal) }
  const better = pages.map((_, i) => (second.prediction.legibility[i] ?? 0) > (seen[i] ?? 0))
  if (!better.includes(true)) return first
  const chosen = pages.map((page, i) => (better[i] ? turned[i]! : page))
  if (chosen.every((page, i) => page === turned[i])) return second
  return { pages: chosen, prediction: await backend.predict(chosen, type, signal) }
}

const stops: Readonly<Record<Exclude<StopReason, 'end'>, string>> = {
  length: 'The model reached its limit before it was done.',
  repetition: 'The model repeated itself and was stopped.',
}

function aboutOutput({ stopReason, text }: VlmPrediction): readonly Violation[] {
  const found: Violation[] = []
  if (stopReason !== 'end') found.push({ code: 'OUTPUT_CUT', field: null, message: stops[stopReason] })
  if (text.trim() === '')
    found.push({ code: 'E_NO_TEXT', field: null, message: 'No text was found on any page.' })
  return found
}

/** Image → one model → filter → schema. */
export function directExtractor(backend: VlmBackend): Extractor {
  return {
    path: 'direct',
    async extract(document, type, signal) {
      const started = performance.now()
      const { pages, prediction } = await predict(backend, document, type, signal)
      const candidate = dropInvalid(readPrinted(dropUnsafe(prediction), type), type)
      const { data, violations } = validate(candidate.data, type)
      return {
        documentType: type.name,
        path: 'direct',
        data,
        fields: locateFields(candidate.fields, pages),
        violations: [...aboutOutput(prediction), ...candidate.violations, ...violations],
        observations: candidate.observations ?? {},
        producedBy: { [backend.name]: backend.revision, ...candidate.producedBy },
        words: seenWords(prediction.words ?? [], pages),
        crossCheck: null,
        sharpness: leastSharpness(pages),
        ms: Math.round(performance.now() - started),
      }
    },
  }
}
