import { RE2JS } from 're2js'
import { ParallaxError } from '../core/errors.ts'
import { isSafeKey } from '../core/pointer.ts'
import { resolveRef } from '../core/schema-node.ts'

export const schemaLimits = { bytes: 64 * 1024, depth: 32, nodes: 500 } as const

/** Keywords that change what a reference means, so that what is walked here would not be what is compiled. */
const unsupported = ['$dynamicRef', '$recursiveRef', '$anchor', '$dynamicAnchor', '$recursiveAnchor']

const refuse = (why: string): never => {
  throw new ParallaxError('E_SCHEMA_UNSAFE', `The schema is refused: ${why}.`)
}

function follow(root: unknown, ref: string): unknown {
  if (!ref.startsWith('#')) refuse(`"${ref}" points outside the file`)
  return resolveRef(root, ref) ?? refuse(`"${ref}" points to nothing`)
}

function checkPattern(pattern: unknown): void {
  if (typeof pattern !== 'string') return
  try {
    RE2JS.compile(pattern)
  } catch {
    refuse(`the pattern "${pattern}" is not one that can be run in linear time`)
  }
}

function checkKeywords(node: object, isRoot: boolean): void {
  for (const [key, value] of Object.entries(node)) {
    if (!isSafeKey(key)) refuse(`"${key}" is not allowed as the name of a field`)
    if (typeof value === 'string' && unsupported.includes(key)) refuse(`${key} is not supported`)
    if (typeof value === 'string' && key === '$id' && !isRoot) refuse('only the whole schema may have an $id')
  }
}

/**
 * Walks a schema with its references followed, as a compiler would, and refuses what could cost time or memory out of
 * proportion: E_SCHEMA_UNSAFE. A reference that leads back to itself is a cycle, which documents do not need.
 */
export function checkLimits(schema: unknown): void {
  let nodes = 0
  const visit = (node: unknown, depth: number, following: ReadonlySet<string>): void => {
    if (typeof node !== 'object' || node === null) return
    if (++nodes > schemaLimits.nodes)
      refuse(`it has more than ${schemaLimits.nodes} parts, references followed`)
    if (depth > schemaLimits.depth) refuse(`it is more than ${schemaLimits.depth} levels deep`)
    checkKeywords(node, depth === 0)
    const { $ref, pattern } = node as { readonly $ref?: unknown; readonly pattern?: unknown }
    checkPattern(pattern)
    Object.values(node).forEach((child) => visit(child, depth + 1, following))
    if (typeof $ref !== 'string') return
    if (following.has($ref)) refuse(`"${$ref}" leads back to itself`)
    visit(follow(schema, $ref), depth + 1, new Set([...following, $ref]))
  }
  visit(schema, 0, new Set())
}
