import type { KeyboardEvent } from 'react'
import type { Cell, Work } from './work.ts'

/** Keys that lead away from an input; `fresh` while nothing was typed there. True when the key was one of them. */
export function walksAway(
  event: KeyboardEvent<HTMLElement>,
  fresh: boolean,
  { pointer }: Cell,
  work: Work,
): boolean {
  if (event.key === 'Enter') {
    event.preventDefault()
    work.walk(pointer, event.shiftKey ? -1 : 1)
    return true
  }
  if (event.key === '?' && fresh) {
    event.preventDefault()
    work.showKeys()
    return true
  }
  return false
}
