import { describe, expect, it } from 'vitest'
import { pressKey, type KeyState } from './reading-keys.ts'

/** What stands in a field with the readings A and B after some keys; the browser writes what is left to it. */
function typed(keys: readonly string[], readings = ['A', 'B']): string {
  let state: KeyState = { mode: 'fresh' }
  let text = readings[0] ?? ''
  let selected = true
  for (const key of keys) {
    const step = pressKey(state, key, readings.length)
    state = step.state
    if (step.answer.do === 'take') text = readings[step.answer.reading]!
    else if (step.answer.do === 'write') text = step.answer.text
    else if (key.length === 1) text = selected ? key : text + key
    else if (key === 'Backspace') text = selected ? '' : text.slice(0, -1)
    selected = selected && step.answer.do === 'nothing' && key.length > 1 && key !== 'Backspace'
  }
  return text
}

describe('digits in a field that was reached by keyboard', () => {
  it('take the reading of that number', () => {
    expect(typed(['2'])).toBe('B')
    expect(typed(['2', '1'])).toBe('21')
    expect(typed(['Shift', '2'])).toBe('B')
  })

  it('mean themselves when a text follows', () => {
    expect(typed([...'19.90'])).toBe('19.90')
    expect(typed([...'2026-03-01'])).toBe('2026-03-01')
  })

  it('mean themselves beyond the readings, with one reading, and once something was typed', () => {
    expect(typed(['3'])).toBe('3')
    expect(typed(['1'], ['A'])).toBe('1')
    expect(typed(['x', '1'])).toBe('x1')
    expect(typed(['Backspace', '1'])).toBe('1')
  })
})
