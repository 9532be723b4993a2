import type { TriedFieldAnswer } from '../../contract/types.ts'

/** What a pasted JSON Schema says; a SyntaxError with a sentence where it is no JSON. */
export function jsonOf(text: string): unknown {
  if (text.trim() === '') throw new SyntaxError('Paste a JSON Schema, or choose a file.')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SyntaxError(`The schema is not JSON: ${(error as Error).message}.`, { cause: error })
  }
}

/** The name that a type may have whose JSON Schema is in this file: `My order.schema.json` is `my-order`. */
export const nameOfFile = (file: string): string =>
  file
    .replace(/(\.schema)?\.json$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 61)

const quoted = (captions: readonly string[]): string => captions.map((one) => `“${one}”`).join(', ')

/** Where the value of a field stands, or where one might be found. */
export function placeOf({ value, page, caption, hints }: TriedFieldAnswer): string {
  if (value === null) return hints.length > 0 ? `perhaps at ${quoted(hints)}` : ''
  if (page === null) return ''
  return caption === null ? `page ${page}` : `page ${page}, at ${quoted([caption])}`
}
