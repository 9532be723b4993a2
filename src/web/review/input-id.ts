import type { JsonPointer } from '../../core/extraction.ts'

/** The id of the element that a value is written in. */
export const inputId = (pointer: JsonPointer): string => `value:${pointer}`

/** Puts the cursor into a field, wherever it is hidden; false when it is not shown. */
export function focusField(pointer: JsonPointer): boolean {
  const input = document.getElementById(inputId(pointer))
  if (!input) return false
  const folded = input.closest('details')
  if (folded) folded.open = true
  input.focus()
  return true
}

export const acceptId = 'accept'
