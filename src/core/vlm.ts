import { z } from 'zod'
import type { OcrPage, Page } from './document.ts'
import type { DocumentType } from './document-type.ts'
import type { Engine } from './engines.ts'
import type { Candidate } from './extraction.ts'
import type { Box } from './geometry.ts'

/** Why a model stopped: it was done, it reached its limit, or it repeated itself without end. */
export type StopReason = 'end' | 'length' | 'repetition'

/**
 * What a model made of the pages, before anything is filtered or checked. Boxes are in fractions of the normalised pages;
 * a source is null where the model does not say where it looked. Its violations tell of output that had to be mended.
 */
export interface VlmPrediction extends Candidate {
  /** What it wrote, or what it read on the pages, as it came. */
  readonly text: string
  readonly stopReason: StopReason
  /** How legible each page was to it, 0 to 1; null where it cannot tell. */
  readonly legibility: readonly (number | null)[]
  /** Every word that it read, where it reads words. */
  readonly words?: readonly OcrPage[]
}

/** Where on a normalised page a model sees a field: probabilities over a grid of cells, row by row. */
export interface FieldMap {
  readonly page: number
  readonly label: string
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  /** What the grid covers, in fractions of the page; it may reach beyond it. */
  readonly box: Box
}

/** A model that goes from page images to data in one pass. */
export interface VlmBackend extends Engine {
  /** The legibility that it exceeds on nearly every upright page, and on no page that is upside down; null where it cannot tell. */
  readonly uprightLegibility: number | null
  /** Milliseconds that a prediction may take, where that is not the time of its pages. */
  readonly timeoutMs?: number
  /** Rejects with the signal's reason on abort; E_ENGINE when the model cannot be asked, E_SCHEMA_MISMATCH when no data can be made of its answer. */
  predict(pages: readonly Page[], type: DocumentType, signal?: AbortSignal): Promise<VlmPrediction>
  /** Its intermediate heads, for people to look at, where it has any. */
  fieldMaps?(pages: readonly Page[]): Promise<readonly FieldMap[]>
}

export const vlmSettingsSchema = z.object({
  /** `onnx`, or a backend with its model: `openai:qwen2.5-vl`. */
  name: z.string(),
  /** Base URL of the server, up to and with `/v1`. */
  url: z.string().optional(),
  /** Never logged, stored or shown. */
  key: z.string().optional(),
  /** Milliseconds that a request may take. */
  timeoutMs: z.number(),
})
/** Which backend reads, and how to reach it. */
export type VlmSettings = Readonly<z.infer<typeof vlmSettingsSchema>>

/** The project's own model. */
export const ownModel: VlmSettings = { name: 'onnx', timeoutMs: 120_000 }
