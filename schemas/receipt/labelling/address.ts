import type { Entity } from '../../../src/core/engines.ts'
import { cleanWords, entityOf, headOf, type HeadLine } from '../../../src/ner/rules/head.ts'
import type { Line } from '../../../src/ner/rules/line.ts'

const isPart = (h: HeadLine | undefined): boolean => h?.kind === 'address' || h?.kind === 'street'

/** From the first sure line, up over lines that may be streets. */
function start(head: readonly HeadLine[]): number {
  let first = head.findIndex((h) => h.kind === 'address')
  while (first > 1 && head[first - 1]!.kind === 'street') first--
  return first
}

/** The run of address lines in the head; a line of text between two of them belongs to it. */
export function tagAddress(lines: readonly Line[]): readonly Entity[] {
  const head = headOf(lines)
  const first = start(head)
  if (first < 0) return []
  const block: HeadLine[] = []
  for (let i = first; i < head.length; i++) {
    const { kind } = head[i]!
    const goesOn = head.slice(i + 1, i + 3).some(isPart)
    if (isPart(head[i]) || (kind === 'text' && goesOn)) block.push(head[i]!)
    else if (!((kind === 'noise' || kind === 'id') && goesOn)) break
  }
  const words = block.flatMap((h) => cleanWords(h.line))
  return [entityOf('ADDRESS', words, block[0]!.line.page, 0.8)]
}
