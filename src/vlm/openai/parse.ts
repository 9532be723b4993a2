import { jsonrepair } from 'jsonrepair'
import type { Violation } from '../../core/extraction.ts'
import { checkKeys } from '../../core/pointer.ts'
import { isAlone, jsonPart, wholeValues } from './json-text.ts'
import type { Written } from './transcript.ts'

/** JSON in an answer. */
export interface Parsed {
  readonly value: unknown
  /** The JSON as the model wrote it, and where that begins in its answer. */
  readonly text: string
  readonly start: number
  readonly violations: readonly Violation[]
}

const mendedViolation: Violation = {
  code: 'OUTPUT_REPAIRED',
  field: null,
  message: 'The model did not answer with JSON alone; its answer was mended.',
}

/** Deeper than any document. */
const deepest = 32

/** E_UNSAFE_KEY as `checkKeys`, at any depth; false for what is too deep. */
function isSound(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (!Array.isArray(value)) checkKeys(Object.keys(value))
  return depth < deepest && Object.values(value).every((child) => isSound(child, depth + 1))
}

/** Undefined for text that is not JSON. */
function tryJson(text: string, mend: (text: string) => string = (t) => t): unknown {
  try {
    return JSON.parse(mend(text)) as unknown
  } catch {
    return undefined
  }
}

/**
 * Finds JSON in an answer and mends it; null for an answer without any. Of one that broke off, nothing is kept that may
 * be half a value.
 */
export function parseAnswer({ text: whole, usable, stopReason }: Written): Parsed | null {
  const answer = whole.slice(0, usable)
  const part = jsonPart(answer)
  if (!part) return null
  const text = part.open && stopReason !== 'end' ? wholeValues(part) : part.text
  const plain = tryJson(text)
  const value = plain === undefined ? tryJson(text, jsonrepair) : plain
  if (value === undefined || !isSound(value)) return null
  const isClean = plain !== undefined && isAlone(answer, part)
  return { value, text, start: part.start, violations: isClean ? [] : [mendedViolation] }
}
