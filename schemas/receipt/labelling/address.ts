import type { Entity } from '../../../src/core/engines.ts'
import { cleanWords, entityOf, headerOf, type HeaderLine } from '../../../src/ner/rules/header.ts'
import type { Line } from '../../../src/ner/rules/line.ts'

const isPart = (h: HeaderLine | undefined): boolean => h?.kind === 'address' || h?.kind === 'street'

/** From the first sure line, up over lines that may be streets. */
function start(header: readonly HeaderLine[]): number {
  let first = header.findIndex((h) => h.kind === 'address')
  while (first > 1 && header[first - 1]!.kind === 'street') first--
  return first
}

/** The run of address lines in the header; a line of text between two of them belongs to it. */
export function tagAddress(lines: readonly Line[]): readonly Entity[] {
  const header = headerOf(lines)
  const first = start(header)
  if (first < 0) return []
  const block: HeaderLine[] = []
  for (let i = first; i < header.length; i++) {
    const { kind } = header[i]!
    const goesOn = header.slice(i + 1, i + 3).some(isPart)
    if (isPart(header[i]) || (kind === 'text' && goesOn)) block.push(header[i]!)
    else if (!((kind === 'noise' || kind === 'id') && goesOn)) break
  }
  const words = block.flatMap((h) => cleanWords(h.line))
  return [entityOf('ADDRESS', words, block[0]!.line.page, 0.8)]
}
