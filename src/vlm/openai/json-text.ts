import { trimSigns, type Stretch } from './thoughts.ts'

/** A part of an answer that is meant to be JSON. */
export interface JsonPart extends Stretch {
  /** Whether it ends before all that it opened is closed. */
  readonly open: boolean
}

interface Scan {
  /** After the bracket that closes the first; null where none does. */
  readonly end: number | null
  /** As much as can be kept when the rest is lost: up to the last value that was finished. */
  readonly whole: number
}

function scan(text: string, start: number): Scan {
  let [depth, whole, inString] = [0, start, false]
  for (let i = start; i < text.length; i++) {
    const c = text[i]!
    if (inString && c === '\\') i++
    else if (c === '"') inString = !inString
    else if (!inString && '{['.includes(c)) [depth, whole] = [depth + 1, i + 1]
    else if (!inString && c === ',') whole = i
    else if (!inString && '}]'.includes(c)) {
      whole = i + 1
      if (--depth === 0) return { end: whole, whole }
    }
  }
  return { end: null, whole }
}

/** More than any answer holds. */
const mostParts = 32

/** All JSON in an answer, in its order and without words and fences around it; what was begun and not closed is the last. */
export function jsonParts(answer: Stretch): readonly JsonPart[] {
  const parts: JsonPart[] = []
  for (let from = 0; parts.length < mostParts;) {
    const start = from + answer.text.slice(from).search(/[{[]/)
    if (start < from) break
    const { end } = scan(answer.text, start)
    const text = answer.text.slice(start, end ?? answer.text.length).trimEnd()
    parts.push({ start: answer.start + start, text, open: end === null })
    if (end === null) break
    from = end
  }
  return parts
}

/** Whether an answer is that part and nothing else. */
export const isAlone = (answer: Stretch, part: JsonPart): boolean => trimSigns(answer).text === part.text

/** The part without a value that the model may not have written to its end. */
export const wholeValues = (part: JsonPart): string => part.text.slice(0, scan(part.text, 0).whole)
