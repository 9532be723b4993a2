import { ParallaxError } from './errors.ts'

const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

/** The keys of an RFC 6901 pointer; refuses keys that would reach an object's prototype with E_UNSAFE_KEY. */
export function pointerKeys(pointer: string): readonly string[] {
  const keys = pointer.split('/').slice(1)
  const plain = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const bad = plain.find((key) => unsafe.has(key))
  if (bad !== undefined) throw new ParallaxError('E_UNSAFE_KEY', `"${bad}" is not allowed as the name of a field.`)
  return plain
}

/** Writes a value at a pointer, making the objects and lists on the way; a number after a list is its index. */
export function setPointer(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const keys = pointerKeys(pointer)
  let at: Record<string, unknown> = root
  keys.slice(0, -1).forEach((key, i) => {
    if (typeof at[key] !== 'object' || at[key] === null) at[key] = /^\d+$/.test(keys[i + 1]!) ? [] : {}
    at = at[key] as Record<string, unknown>
  })
  at[keys.at(-1)!] = value
}

/** The value at a pointer; undefined when nothing stands there. */
export function getPointer(root: unknown, pointer: string): unknown {
  return pointerKeys(pointer).reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    root,
  )
}
