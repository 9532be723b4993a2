import type { JsonPointer } from '../core/extraction.ts'
import { toPointer } from '../core/pointer.ts'
import type { SumLines } from '../core/sum.ts'

/** Where the parts of one line stand. */
export interface LinePointers {
  readonly amount: JsonPointer
  readonly quantity: JsonPointer
  readonly unitPrice: JsonPointer
}

function linePointers({ records, amount, quantity, unitPrice }: SumLines, index: number): LinePointers {
  const at = (name: string): JsonPointer => `${records}${toPointer([index, name])}`
  return { amount: at(amount), quantity: at(quantity), unitPrice: at(unitPrice) }
}

/** The lines that were found, in order. */
export function linesIn(
  found: { has(pointer: JsonPointer): boolean },
  lines: SumLines | undefined,
): readonly LinePointers[] {
  const pointers: LinePointers[] = []
  if (!lines) return pointers
  let next = linePointers(lines, 0)
  while (found.has(next.amount)) {
    pointers.push(next)
    next = linePointers(lines, pointers.length)
  }
  return pointers
}
