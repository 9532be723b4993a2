import type { ExtractionPath, Scalar } from '../../core/extraction.ts'
import type { ResultField } from '../../core/extraction-result.ts'
import { textOf } from './value-text.ts'

/** One path's or both paths' reading of a field. */
export interface Reading {
  readonly paths: readonly ExtractionPath[]
  readonly value: Scalar
  /** As it goes into the input. */
  readonly text: string
  readonly confidence: number
}

/** The different readings of a field, the chosen one first; those of the same text are one. */
export function readingsOf(field: ResultField | undefined): readonly Reading[] {
  if (!field) return []
  const byText = new Map<string, Reading>()
  for (const { path, value, text, confidence } of [field, ...field.alternatives]) {
    const shown = textOf(value, text)
    const known = byText.get(shown)
    const paths = [...new Set([...(known?.paths ?? []), path])]
    byText.set(shown, { paths, value, text: shown, confidence: Math.max(confidence, known?.confidence ?? 0) })
  }
  return [...byText.values()]
}

export const pathsInWords = (paths: readonly ExtractionPath[]): string =>
  paths.length > 1 ? 'both paths' : `${paths[0] ?? 'one'} path`
