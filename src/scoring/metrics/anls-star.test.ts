import { expect, test } from 'vitest'
import { anlsStar, OneOf } from './anls-star.ts'

// The cases of the paper and of its authors' tests.
test.each([
  ['the same', 'Hello World', 'Hello World', 1],
  ['a typo: 1 − 2 / 11', 'Hello World', 'Hello Wrold', 9 / 11],
  ['below one half counts as nothing', 'Hello World', 'How are you?', 0],
  ['invented', null, 'How are you?', 0],
  ['white space and case', ' Test    Hello\n', 'tesT hello', 1],
  ['one of several', new OneOf(['Hello', 'World']), 'Hello', 1],
  ['one of several, a typo: 1 − 2 / 5', new OneOf(['Hello', 'World']), 'Wolrd', 0.6],
  ['a list in place of a string', 'Hello World', ['Hello', 'World'], 0],
  ['a list in another order', ['Hello', 'World'], ['World', 'Hello'], 1],
  ['a list with one missing', ['Hello', 'World'], ['Hello'], 0.5],
  ['nothing of a list', ['a', 'b', 'c'], ['what', 'is', 'deepopinion'], 0],
  ['a key missing', { a: 'Hello', b: 'World' }, { a: 'Hello' }, 0.5],
  ['a key invented', { a: 'Hello', b: 'World' }, { b: 'World', a: 'Hello', c: 'Great' }, 2 / 3],
  ['a key renamed', { a: 'b', c: 'd' }, { a: 'b', e: 'd' }, 1 / 3],
  ['nested: 4 of 5 leaves', { a: 'Hello', b: ['w', 'r', 'l', 'd'] }, { a: 'Hello', b: ['w', 'r', 'd'] }, 0.8],
  ['a scalar for a list', { a: ['a', 'b', 'c'] }, { a: 'b' }, 0],
  ['numbers are strings, below one half', 0.2, 0.199999, 0],
  ['a date written otherwise: 1 − 5 / 12', '31.12.2023', '31. Dec 2023', 7 / 12],
  ['no answer', 'Yesterday', null, 0],
  ['missing keys are null', { name: 'david', company: null }, { name: 'david' }, 1],
  [
    'half invented',
    { jurisdiction: null, party: null, effective_date: null, term: null },
    { jurisdiction: 'California', party: 'Ray_M._Dolby' },
    0.5,
  ],
  [
    'records are paired to the best: 3 of 5 leaves',
    { k1: 1, k2: 'mock', line_items: [{ a: 'b', c: 'd' }, { e: 'f' }] },
    { k1: 1, k2: 'kcom', line_items: [{ e: 'f' }, { a: 'y', c: 'd' }] },
    0.6,
  ],
  ['alternatives of lists', { a: new OneOf([['a', 'b', 'c'], []]) }, { a: [] }, 1],
])('%s', (_, truth, predicted, expected) => {
  expect(anlsStar(truth, predicted)).toBeCloseTo(expected, 12)
})

test.each([[null], [[]], [{}], ['']])('null is right against %j', (predicted) => {
  expect(anlsStar(null, predicted)).toBe(1)
  expect(anlsStar({ a: 'b' }, { a: 'b', c: predicted })).toBe(1)
})

test('two empty records are the same', () => {
  expect(anlsStar({}, {})).toBe(1)
  expect(anlsStar([], [])).toBe(1)
})
