import { jsonrepair } from 'jsonrepair'
import type { Violation } from '../../core/extraction.ts'
import { checkKeys } from '../../core/pointer.ts'
import { isObject } from '../../core/schema-shapes.ts'
import type { StopReason } from '../../core/vlm.ts'
import { isAlone, jsonParts, wholeValues, type JsonPart } from './json-text.ts'
import { answerIn, type Stretch } from './thoughts.ts'
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

function parsePart(part: JsonPart, answer: Stretch, stopReason: StopReason): readonly Parsed[] {
  const text = part.open && stopReason !== 'end' ? wholeValues(part) : part.text
  const plain = tryJson(text)
  const value = plain === undefined ? tryJson(text, jsonrepair) : plain
  if (value === undefined || !isSound(value)) return []
  const isClean = plain !== undefined && isAlone(answer, part)
  return [{ value, text, start: part.start, violations: isClean ? [] : [mendedViolation] }]
}

/**
 * Finds all JSON in an answer outside of thoughts, and mends it; null for an answer that is a thought without an end. Of JSON
 * that broke off, nothing is kept that may be half a value.
 */
export function parseAnswer({ text, usable, stopReason }: Written): readonly Parsed[] | null {
  const answer = answerIn(text.slice(0, usable))
  return answer && jsonParts(answer).flatMap((part) => parsePart(part, answer, stopReason))
}

/** Drafts that are looked for in a thought. */
const mostDrafts = 2000

/**
 * The object at the very end of a thought, and all JSON before it; null where a thought ends otherwise. Nothing is mended:
 * what a model only thinks is taken by its word or not at all.
 */
export function parseConclusion(thoughts: string): readonly Parsed[] | null {
  const answer = answerIn(thoughts)
  if (!answer) return null
  const text = answer.text.replace(/\s*```$/, '')
  for (const { index } of [...text.matchAll(/\{/g)].slice(-mostDrafts)) {
    const value = tryJson(text.slice(index))
    if (!isObject(value) || !isSound(value)) continue
    const before = jsonParts({ start: answer.start, text: text.slice(0, index) })
    const drafts = before.flatMap((part) => (part.open ? [] : parsePart(part, answer, 'end')))
    const violations = index === 0 && text === answer.text ? [] : [mendedViolation]
    return [...drafts, { value, text: text.slice(index), start: answer.start + index, violations }]
  }
  return null
}
