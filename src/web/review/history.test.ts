import { expect, it } from 'vitest'
import { begin, redo, settle, step, undo } from './history.ts'

it('takes letters of one word for one step, and another word for another', () => {
  let history = begin('')
  for (const text of ['a', 'ab', 'abc']) history = step(history, text, 'name')
  history = step(settle(history), 'abcd', 'name')
  expect(undo(history).present).toBe('abc')
  expect(undo(undo(history)).present).toBe('')
  expect(undo(undo(undo(history))).present).toBe('')
})

it('goes forward again until something else is done', () => {
  const history = step(step(begin(0), 1, null), 2, null)
  expect(redo(undo(undo(history))).present).toBe(1)
  expect(redo(redo(redo(undo(undo(history))))).present).toBe(2)
  expect(redo(step(undo(history), 9, null)).present).toBe(9)
})
