import { RE2JS } from 're2js'
import { ParallaxError } from '../core/errors.ts'

export const schemaLimits = { bytes: 64 * 1024, depth: 32, nodes: 500 } as const

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const refuse = (why: string): never => {
  throw new ParallaxError('E_SCHEMA_UNSAFE', `The schema is refused: ${why}.`)
}

function resolve(root: Json, ref: string): Json {
  if (!ref.startsWith('#')) refuse(`"${ref}" points outside the file`)
  return ref
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json>(
      (at, key) => (at as Record<string, Json> | null)?.[key] ?? refuse(`"${ref}" points to nothing`),
      root,
    )
}

function checkPattern(pattern: Json | undefined): void {
  if (typeof pattern !== 'string') return
  try {
    RE2JS.compile(pattern)
  } catch {
    refuse(`the pattern "${pattern}" is not one that can be run in linear time`)
  }
}

/**
 * Walks a schema with its references followed, as a compiler would, and refuses what could cost time or memory out of
 * proportion: E_SCHEMA_UNSAFE. A reference that leads back to itself is a cycle, which documents do not need.
 */
export function checkLimits(schema: Json): void {
  let nodes = 0
  const visit = (node: Json, depth: number, following: ReadonlySet<string>): void => {
    if (typeof node !== 'object' || node === null) return
    if (++nodes > schemaLimits.nodes)
      refuse(`it has more than ${schemaLimits.nodes} parts, references followed`)
    if (depth > schemaLimits.depth) refuse(`it is more than ${schemaLimits.depth} levels deep`)
    if (Array.isArray(node)) return node.forEach((child: Json) => visit(child, depth + 1, following))
    const { $ref, pattern, ...rest } = node as Readonly<Record<string, Json>>
    checkPattern(pattern)
    for (const key of Object.keys(rest)) {
      if (key === '$dynamicRef' || key === '$recursiveRef') refuse(`${key} is not supported`)
    }
    Object.values(rest).forEach((child) => visit(child, depth + 1, following))
    if (typeof $ref !== 'string') return
    if (following.has($ref)) refuse(`"${$ref}" leads back to itself`)
    visit(resolve(schema, $ref), depth + 1, new Set([...following, $ref]))
  }
  visit(schema, 0, new Set())
}
