import type { Description } from '../service/types/describe.ts'
import { plural, printable } from './text.ts'

/** A line on vendor templates that are not for the type that is read, which a mistyped `type` makes them; empty without any. */
export function otherTemplates({ type, otherTypes }: Pick<Description, 'type' | 'otherTypes'>): string {
  const n = otherTypes.length
  if (n === 0) return ''
  const [are, they] = n === 1 ? ['is', 'it is'] : ['are', 'they are']
  const names = [...new Set(otherTypes)].map((name) => `"${printable(name)}"`).join(', ')
  return `${plural(n, 'vendor template')} ${are} for ${names}, not for "${printable(type.name)}": ${they} not used.\n`
}
