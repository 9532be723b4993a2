import type { ErrorReport } from './errors.ts'
import type { Extraction, ExtractionPath, JsonPointer } from './extraction.ts'
import type { Flag } from './row.ts'

/** Reference-free judgement of one extraction. */
export interface Score {
  /** The whole attempt, 0 to 1: its least certain required field. */
  readonly value: number
  readonly fields: Readonly<Record<JsonPointer, number>>
  readonly flags: readonly Flag[]
}

/** One run of one path on one document. */
export type Attempt =
  | {
      readonly path: ExtractionPath
      readonly ok: true
      readonly extraction: Extraction
      readonly score: Score
    }
  | {
      readonly path: ExtractionPath
      readonly ok: false
      readonly error: ErrorReport
      readonly ms: number
    }

export type Succeeded = Extract<Attempt, { readonly ok: true }>

export interface Verdict {
  readonly action: 'accept' | 'reprocess' | 'review' | 'fail'
  readonly reason: string
  /** What the attempts show only together. */
  readonly flags?: readonly Flag[]
}

/** Attempts in, verdict out; pure. */
export interface RouterPolicy {
  readonly name: string
  decide(attempts: readonly [Attempt, ...Attempt[]]): Verdict
}
