import type { JsonPointer } from '../core/extraction.ts'
import { toPointer } from '../core/pointer.ts'
import type { Findings } from './template.ts'

/** Item lines of a document: a list of records, and the names of their parts. */
export interface Lines {
  readonly records: JsonPointer
  readonly amount: string
  readonly quantity: string
  readonly unitPrice: string
}

/** Where the parts of one line stand. */
export interface LinePointers {
  readonly amount: JsonPointer
  readonly quantity: JsonPointer
  readonly unitPrice: JsonPointer
}

function linePointers({ records, amount, quantity, unitPrice }: Lines, index: number): LinePointers {
  const at = (name: string): JsonPointer => `${records}${toPointer([index, name])}`
  return { amount: at(amount), quantity: at(quantity), unitPrice: at(unitPrice) }
}

/** The lines that were found, in order. */
export function linesIn(findings: Findings, lines: Lines | undefined): readonly LinePointers[] {
  const found: LinePointers[] = []
  if (!lines) return found
  let next = linePointers(lines, 0)
  while (findings.has(next.amount)) {
    found.push(next)
    next = linePointers(lines, found.length)
  }
  return found
}
