import type { Candidate, Field, Fields, JsonPointer, Scalar, Violation } from '../core/extraction.ts'
import { checkKeys, setPointer } from '../core/pointer.ts'

/** Characters that no print has: controls but line breaks and tabs, invisible marks, turns of direction, half pairs. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}]/gu

/** What speaks to a model rather than to a reader of the page. */
const instruction =
  /\b(ignore|disregard|forget|override)\b.{0,30}\b(previous|prior|above|all|any|the|your|these)\b.{0,30}\b(instructions?|prompts?|rules?|directions?|context)\b|\bsystem prompt\b|<\|?(im_start|im_end|system|assistant|endoftext)\|?>|\byou are (now )?(a|an|the) .{0,40}\b(assistant|model|ai)\b/iu

const longestValue = 2000
/** The same few characters so often in a row are no print. */
const repeated = /(.{1,40}?)\1{7,}/su
/** Rules and rows of stars are printed so. */
const isRule = (unit: string): boolean => /^[-=*_.\s~#]+$/u.test(unit)

/** Why a text is no value, or null. */
function objection(text: string): Omit<Violation, 'field'> | null {
  if (text.length > longestValue)
    return { code: 'UNSAFE_LENGTH', message: `A value of ${text.length} characters was dropped.` }
  const unit = repeated.exec(text)?.[1]
  if (unit !== undefined && !isRule(unit) && !/^0+$/.test(unit))
    return { code: 'UNSAFE_REPETITION', message: `A value that repeats "${unit.slice(0, 20)}" was dropped.` }
  if (instruction.test(text))
    return { code: 'UNSAFE_INSTRUCTION', message: 'A value that instructs rather than informs was dropped.' }
  return null
}

function cleanText(text: string): string {
  return text.replace(invisible, '').normalize('NFC').trim()
}

/** The deepest data that is looked into. */
const maxDepth = 32

/** E_UNSAFE_KEY for keys that would reach an object's prototype, at any depth. */
function checkAllKeys(data: unknown, depth = 0): void {
  if (typeof data !== 'object' || data === null || depth > maxDepth) return
  if (!Array.isArray(data)) checkKeys(Object.keys(data))
  for (const value of Object.values(data)) checkAllKeys(value, depth + 1)
}

interface Judged {
  readonly field: Field
  readonly violation: Omit<Violation, 'field'> | null
}

function judge(field: Field): Judged {
  if (typeof field.value !== 'string') return { field, violation: null }
  const cleaned = cleanText(field.value)
  const violation = objection(cleaned)
  if (violation) return { field: { ...field, value: null, text: null, confidence: 0 }, violation }
  if (cleaned === field.value) return { field, violation: null }
  const message = 'Invisible characters were taken out of the value.'
  const value: Scalar = cleaned === '' ? null : cleaned
  return {
    field: { ...field, value, text: field.text === null ? null : cleanText(field.text) },
    violation: { code: 'UNSAFE_CHARACTERS', message },
  }
}

/**
 * Takes out of a model's output what must not reach anybody as a value: invisible characters, text that instructs,
 * repetition and excessive length; each leaves a violation whose code begins with `UNSAFE_`. E_UNSAFE_KEY for data whose
 * keys would reach an object's prototype.
 */
export function dropUnsafe(candidate: Candidate): Candidate {
  checkAllKeys(candidate.data)
  const data = structuredClone(candidate.data) as Record<string, unknown>
  const fields: Fields = { ...candidate.fields }
  const violations: Violation[] = [...candidate.violations]
  for (const [key, before] of Object.entries(candidate.fields)) {
    const pointer = key as JsonPointer
    const { field, violation } = judge(before)
    if (!violation) continue
    fields[pointer] = field
    setPointer(data, pointer, field.value)
    violations.push({ ...violation, field: pointer })
  }
  return { ...candidate, data, fields, violations }
}
