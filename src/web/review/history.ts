/** States that can be gone back through. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last step was about; a next one about the same is part of it. */
  readonly about: string | null
}

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null })

/** A new state; steps about the same thing in a row, such as letters of one word, are one step. */
export function step<T>(history: History<T>, present: T, about: string | null): History<T> {
  if (Object.is(present, history.present)) return history
  const joins = about !== null && about === history.about
  return { past: joins ? history.past : [...history.past, history.present], present, future: [], about }
}

/** Ends the step: the next one is another, even about the same thing. */
export const settle = <T>(history: History<T>): History<T> =>
  history.about === null ? history : { ...history, about: null }

export function undo<T>({ past, present, future, about }: History<T>): History<T> {
  const before = past.at(-1)
  if (before === undefined) return { past, present, future, about }
  return { past: past.slice(0, -1), present: before, future: [present, ...future], about: null }
}

export function redo<T>({ past, present, future, about }: History<T>): History<T> {
  const [after, ...rest] = future
  if (after === undefined) return { past, present, future, about }
  return { past: [...past, present], present: after, future: rest, about: null }
}
