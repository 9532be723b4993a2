import { parseTree, type Node } from 'jsonc-parser'
import type { JsonPointer } from '../../core/extraction.ts'
import { toPointer } from '../../core/pointer.ts'
import type { Span } from './transcript.ts'

/** Of a value, where the server does not say how sure the model was. */
const unknown = 0.5

function nodesIn(node: Node, path: readonly string[] = []): readonly (readonly [JsonPointer, Node])[] {
  const children = node.children ?? []
  const inner =
    node.type === 'array'
      ? children.flatMap((child, i) => nodesIn(child, [...path, String(i)]))
      : children.flatMap(({ children: [key, value] = [] }) =>
          key && value ? nodesIn(value, [...path, String(key.value)]) : [],
        )
  return [[toPointer(path), node], ...inner]
}

/** Where each value stands in JSON, or in what is nearly JSON. */
function placesIn(text: string): ReadonlyMap<JsonPointer, Node> {
  try {
    const root = parseTree(text)
    return new Map(root ? nodesIn(root) : [])
  } catch {
    return new Map() // Nested without end, in a key that was written twice.
  }
}

/**
 * The probability that a model wrote just this: the product over all tokens of the text, as one doubtful digit makes a
 * whole amount doubtful.
 */
function probability(spans: readonly Span[], start: number, end: number): number {
  const within = spans.filter((span) => span.start < end && span.end > start)
  if (within.length === 0) return unknown
  const product = Math.exp(within.reduce((sum, { logprob }) => sum + logprob, 0))
  return Math.min(1, Math.max(0, product))
}

/** How sure a model was of a value: where it stands in the JSON that it wrote. */
export function confidencesOf(
  { text, start }: { readonly text: string; readonly start: number },
  spans: readonly Span[],
): (pointer: JsonPointer, value: unknown) => number {
  const places = placesIn(text)
  return (pointer, value) => {
    const node = places.get(pointer)
    const isSame = node?.children ? typeof value === 'object' : node?.value === value
    if (!node || !isSame) return unknown
    return probability(spans, start + node.offset, start + node.offset + node.length)
  }
}
