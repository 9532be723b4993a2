import { expect, it } from 'vitest'
import type { CharacterModel } from './character-model.ts'
import { decodeCtc } from './ctc.ts'

const alphabet = new Map([
  [1, 'a'],
  [2, 'b'],
  [3, '1'],
  [4, '2'],
  [6, ' '],
])
const classes = 7
const indifferent: CharacterModel = { score: () => -3 }
/** Thinks that b follows a, and nothing else does. */
const abab: CharacterModel = { score: (text, next) => (text.endsWith('a') === (next === 'b') ? 0 : -12) }

/** Frames as shares of blank, a, b, 1, 2, an unreadable class, space. */
function tensor(...frames: (readonly number[])[]) {
  const data = new Float32Array(frames.length * classes)
  frames.forEach((frame, i) => data.set(frame, i * classes))
  return { data, shape: [1, frames.length, classes] }
}
const blank = [1, 0, 0, 0, 0, 0, 0]
const a = [0.1, 0.9, 0, 0, 0, 0, 0]
const b = [0, 0, 1, 0, 0, 0, 0]
const one = [0, 0, 0, 0.6, 0.4, 0, 0]

const read = (model: CharacterModel, ...frames: (readonly number[])[]) =>
  decodeCtc(tensor(...frames), alphabet, model)
    .map((c) => c.text)
    .join('')

it.each<[string, (readonly number[])[], string]>([
  ['no frames', [], ''],
  ['blanks only', [blank, blank], ''],
  ['a character over several frames', [a, a, blank, b], 'ab'],
  ['a character twice, with a blank between', [a, blank, a], 'aa'],
  ['frames in which only another script was seen', [a, [0.2, 0, 0, 0, 0, 0.8, 0], b], 'ab'],
])('reads %s', (_, frames, expected) => expect(read(indifferent, ...frames)).toBe(expected))

it('lets the model choose where the picture leaves a letter open', () => {
  const open = [0, 0.55, 0.45, 0, 0, 0, 0]
  expect(read(indifferent, a, blank, open)).toBe('aa')
  expect(read(abab, a, blank, open)).toBe('ab')
})

it('keeps what the picture shows clearly, however unlikely', () => {
  const clear = [0, 0.999, 0.001, 0, 0, 0, 0]
  expect(read(abab, a, blank, clear)).toBe('aa')
})

it('reads numbers by sight alone', () => {
  const likesTwo: CharacterModel = { score: (_, next) => (next === '2' ? 0 : -12) }
  const first = [0, 0, 0, 1, 0, 0, 0]
  expect(read(likesTwo, first, blank, one)).toBe('11')
})

it.each<[string, (readonly number[])[], string]>([
  [
    'inside a number',
    [[0, 0, 0, 1, 0, 0, 0], blank, [0.53, 0, 0, 0, 0.47, 0, 0], [0, 0, 0, 1, 0, 0, 0]],
    '11',
  ],
  [
    'before a number',
    [
      [0.53, 0, 0, 0, 0.47, 0, 0],
      [0, 0, 0, 1, 0, 0, 0],
    ],
    '1',
  ],
  ['after a number', [[0, 0, 0, 1, 0, 0, 0], blank, [0.53, 0, 0, 0, 0.47, 0, 0]], '1'],
])('adds no digit %s that is likely but not seen', (_, frames, expected) => {
  expect(read({ score: () => 0 }, ...frames)).toBe(expected)
})

it('goes on after a frame in which nothing was seen', () => {
  expect(read(indifferent, a, [0, 0, 0, 0, 0, 0, 0], b)).toBe('ab')
})

it('says in which frame and how surely it saw a character, whatever the model thinks', () => {
  const surer = [0.05, 0.95, 0, 0, 0, 0, 0]
  const [first, second] = decodeCtc(tensor(a, surer, blank, [0, 0.8, 0.2, 0, 0, 0, 0]), alphabet, abab)
  expect(first).toMatchObject({ text: 'a', frame: 1, probability: expect.closeTo(0.95, 5) as number })
  expect(second).toMatchObject({ text: 'b', frame: 3, probability: expect.closeTo(0.2, 5) as number })
})
