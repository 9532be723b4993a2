import type { Candidate, Field, Fields, JsonPointer, Scalar, Violation } from '../core/extraction.ts'
import { ParallaxError } from '../core/errors.ts'
import { checkKeys, setPointer } from '../core/pointer.ts'

/**
 * Characters that are not seen: controls but line breaks and tabs, marks of direction, halves of pairs, and what Unicode
 * lets renderers ignore, but for the joiners that some scripts are spelt with.
 */
const invisible = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cs}\p{Bidi_C}\p{DI}]/gu

/** What speaks to a model rather than to a reader of the page. */
const instruction =
  /\b(ignore|disregard|forget|override)\b.{0,30}\b(previous|prior|above|all|any|the|your|these)\b.{0,30}\b(instructions?|prompts?|rules?|directions?|context)\b|\bsystem prompt\b|<\|?(im_start|im_end|system|assistant|endoftext)\|?>|\byou are (now )?(a|an|the) .{0,40}\b(assistant|model|ai)\b/isu

const longestValue = 2000
/** The same few characters so often in a row are no print. */
const repeated = /(.{1,40}?)\1{7,}/su
/** Rules, rows of stars and numbers of one digit are printed so. */
const isPrinted = (unit: string): boolean => /^[-=*_.\s~#]+$|^\d$/u.test(unit)

/** Why a text is no value, or null. */
function objection(text: string): Omit<Violation, 'field'> | null {
  if (text.length > longestValue)
    return { code: 'UNSAFE_LENGTH', message: `A value of ${text.length} characters was dropped.` }
  const unit = repeated.exec(text)?.[1]
  if (unit !== undefined && !isPrinted(unit))
    return { code: 'UNSAFE_REPETITION', message: `A value that repeats "${unit.slice(0, 20)}" was dropped.` }
  if (instruction.test(text))
    return { code: 'UNSAFE_INSTRUCTION', message: 'A value that instructs rather than informs was dropped.' }
  return null
}

function cleanText(text: string): string {
  return text.replace(invisible, '').normalize('NFC').trim()
}

/** No document is nested deeper. */
const maxDepth = 32

/** E_UNSAFE_KEY for keys that would reach an object's prototype, at any depth. */
function checkAllKeys(data: unknown, depth = 0): void {
  if (typeof data !== 'object' || data === null) return
  if (depth > maxDepth)
    throw new ParallaxError('E_OUTPUT_TOO_LARGE', `The data is nested over ${maxDepth} deep.`)
  if (!Array.isArray(data)) checkKeys(Object.keys(data))
  for (const value of Object.values(data)) checkAllKeys(value, depth + 1)
}

interface Judged {
  readonly field: Field
  readonly violation: Omit<Violation, 'field'> | null
}

/** The field without a value; its place stays, what was read there does not. */
const emptied = (field: Field): Field => ({
  value: null,
  text: null,
  confidence: 0,
  source: field.source && { ...field.source, text: '' },
})

function cleaned(field: Field): Field {
  const { value, text, source } = field
  const clean: Scalar = typeof value === 'string' ? cleanText(value) : value
  return {
    ...field,
    value: clean === '' ? null : clean,
    text: text === null ? null : cleanText(text),
    source: source && { ...source, text: cleanText(source.text) },
  }
}

function judge(field: Field): Judged {
  const texts = [field.value, field.text, field.source?.text].filter((text) => typeof text === 'string')
  for (const text of texts) {
    const violation = objection(cleanText(text))
    if (violation) return { field: emptied(field), violation }
  }
  const hidden = texts.some((text) => text.search(invisible) >= 0)
  const message = 'Invisible characters were taken out of the value.'
  return { field: cleaned(field), violation: hidden ? { code: 'UNSAFE_CHARACTERS', message } : null }
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
    fields[pointer] = field
    if (field.value !== before.value) setPointer(data, pointer, field.value)
    if (violation) violations.push({ ...violation, field: pointer })
  }
  return { ...candidate, data, fields, violations }
}
