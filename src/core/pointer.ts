import { ParallaxError } from './errors.ts'
import type { JsonPointer } from './extraction.ts'

const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

/** False for the keys that would reach an object's prototype. */
export const isSafeKey = (key: string): boolean => !unsafe.has(key)

/** Refuses keys that would reach an object's prototype with E_UNSAFE_KEY. */
export function checkKeys(keys: readonly string[]): void {
  const bad = keys.find((key) => !isSafeKey(key))
  if (bad !== undefined)
    throw new ParallaxError('E_UNSAFE_KEY', `"${bad}" is not allowed as the name of a field.`)
}

/** The RFC 6901 pointer of a path of keys. */
export const toPointer = (keys: readonly PropertyKey[]): JsonPointer =>
  `/${keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

/** The keys of an RFC 6901 pointer; E_UNSAFE_KEY as `checkKeys`. */
export function pointerKeys(pointer: string): readonly string[] {
  const keys = pointer.split('/').slice(1)
  const plain = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  checkKeys(plain)
  return plain
}

/** `/merchant/name` as people say it: merchant name; `/items/0/amount`: items 1 amount. */
export const label = (field: JsonPointer): string =>
  field
    .slice(1)
    .split('/')
    .map((key) => (/^\d+$/.test(key) ? String(Number(key) + 1) : key))
    .join(' ')

/** An index of a list, or the place after its last element: a list never gets holes. */
const isPlaceIn = (list: readonly unknown[], key: string): boolean =>
  /^(0|[1-9]\d{0,8})$/.test(key) && Number(key) <= list.length

function put(at: Record<string, unknown>, key: string, value: unknown): void {
  if (Array.isArray(at) && !isPlaceIn(at, key))
    throw new ParallaxError('E_BAD_REQUEST', `"${key}" is not a place in a list of ${at.length}.`)
  at[key] = value
}

/**
 * Writes a value at a pointer, making the objects and lists on the way; a number after a new list is its index.
 * E_BAD_REQUEST for what is no index of a list, nor the place after its end.
 */
export function setPointer(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const keys = pointerKeys(pointer)
  let at: Record<string, unknown> = root
  keys.slice(0, -1).forEach((key, i) => {
    const next = ownValue(at, key)
    if (typeof next !== 'object' || next === null) put(at, key, /^\d+$/.test(keys[i + 1]!) ? [] : {})
    at = at[key] as Record<string, unknown>
  })
  put(at, keys.at(-1)!, value)
}

const ownValue = (at: unknown, key: string): unknown =>
  typeof at === 'object' && at !== null && Object.prototype.propertyIsEnumerable.call(at, key)
    ? (at as Record<string, unknown>)[key]
    : undefined

/** The value at a pointer; undefined when nothing stands there. */
export const getPointer = (root: unknown, pointer: string): unknown =>
  pointerKeys(pointer).reduce<unknown>(ownValue, root)
