import type { Document, Page } from '../core/document.ts'
import type { DocumentType } from '../core/document-type.ts'
import type { Violation } from '../core/extraction.ts'
import type { Extractor } from '../core/extractor.ts'
import type { StopReason, VlmBackend, VlmPrediction } from '../core/vlm.ts'
import { locateFields } from './locate.ts'
import { dropMisfits } from './misfits.ts'
import { turn } from './read-pages.ts'
import { dropUnsafe } from './safety.ts'
import { validate } from './validate.ts'

interface Seen {
  readonly pages: readonly Page[]
  readonly prediction: VlmPrediction
}

const isLegible = ({ uprightLegibility }: VlmBackend, { legibility }: VlmPrediction): boolean =>
  uprightLegibility === null || legibility === null || legibility >= uprightLegibility

/** Pages that can hardly be read are tried upside down, and the more legible way counts. */
async function predict(
  backend: VlmBackend,
  { pages }: Document,
  type: DocumentType,
  signal?: AbortSignal,
): Promise<Seen> {
  const upright = { pages, prediction: await backend.predict(pages, type, signal) }
  if (isLegible(backend, upright.prediction)) return upright
  const turned = pages.map(turn)
  const other = { pages: turned, prediction: await backend.predict(turned, type, signal) }
  return (other.prediction.legibility ?? 0) > (upright.prediction.legibility ?? 0) ? other : upright
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
      const candidate = dropMisfits(dropUnsafe(prediction), type)
      const { data, violations } = validate(candidate.data, type)
      return {
        documentType: type.name,
        path: 'direct',
        data,
        fields: locateFields(candidate.fields, pages),
        violations: [...aboutOutput(prediction), ...candidate.violations, ...violations],
        producedBy: { [backend.name]: backend.revision, ...candidate.producedBy },
        ms: Math.round(performance.now() - started),
      }
    },
  }
}
