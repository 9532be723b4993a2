/** The part of an answer that is meant to be JSON. */
export interface JsonPart {
  readonly start: number
  readonly text: string
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

/** Where a model that thinks aloud has done so; the end of the text when it never stopped. */
function afterThoughts(text: string): number {
  const opened = /^\s*<think>/.exec(text)
  if (!opened) return 0
  const closed = text.indexOf('</think>')
  return closed === -1 ? text.length : closed + '</think>'.length
}

/** Without thoughts, fences and words around it; null where nothing was begun. */
export function jsonPart(text: string): JsonPart | null {
  const from = afterThoughts(text)
  const start = from + text.slice(from).search(/[{[]/)
  if (start < from) return null
  const { end } = scan(text, start)
  return { start, text: text.slice(start, end ?? text.length).trimEnd(), open: end === null }
}

/** Whether an answer is that part and nothing else. */
export const isAlone = (text: string, part: JsonPart): boolean =>
  text.slice(afterThoughts(text)).trim() === part.text

/** The part without a value that the model may not have written to its end. */
export const wholeValues = (part: JsonPart): string => part.text.slice(0, scan(part.text, 0).whole)
