/**
 * How digits choose between readings without standing in the way of those that mean the digit. A field that was reached
 * by keyboard is `fresh`: 1 takes the first reading. When more is typed after that, the digit was meant as text after all.
 */
export type KeyState =
  | { readonly mode: 'fresh' }
  | { readonly mode: 'taken'; readonly digit: string }
  | { readonly mode: 'typing' }

export type KeyAnswer =
  | { readonly do: 'nothing' }
  | { readonly do: 'take'; readonly reading: number }
  | { readonly do: 'write'; readonly text: string }

export interface KeyStep {
  readonly state: KeyState
  readonly answer: KeyAnswer
}

const nothing: KeyAnswer = { do: 'nothing' }

/** What a key does in a field with so many readings; `key` as in a KeyboardEvent without modifiers. */
export function pressKey(state: KeyState, key: string, readings: number): KeyStep {
  if (state.mode === 'typing') return { state, answer: nothing }
  const prints = [...key].length === 1
  if (state.mode === 'taken') {
    if (!prints) return { state: key === 'Backspace' ? { mode: 'typing' } : state, answer: nothing }
    return { state: { mode: 'typing' }, answer: { do: 'write', text: `${state.digit}${key}` } }
  }
  const reading = /^[1-9]$/.test(key) ? Number(key) - 1 : -1
  if (readings > 1 && reading >= 0 && reading < readings)
    return { state: { mode: 'taken', digit: key }, answer: { do: 'take', reading } }
  const edits =
    prints || ['Backspace', 'Delete', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'F2'].includes(key)
  return { state: edits ? { mode: 'typing' } : state, answer: nothing }
}
