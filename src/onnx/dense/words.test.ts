import { expect, test } from 'vitest'
import { parseArpa } from '../character-model.ts'
import type { FloatTensor } from '../session.ts'
import { framesOf } from './frames.ts'
import { wordsOf } from './words.ts'

const frames = { rows: [0], perHeight: 4, margin: 0, fine: 2 }
const letters = ' AB19.'
const alphabet = new Map(Array.from(letters, (c, i) => [i + 1, c]))
/** Knows single characters only, all alike. */
const unigrams = ['<s>', '</s>', '<unk>', ...'AB0.'].map((c) => `-1\t${c}`).join('\n')
const model = parseArpa(`\\data\\\nngram 1=7\n\n\\1-grams:\n${unigrams}\n\n\\end\\\n`)

/** Readings drawn with letters, `-` for none, one after the other. */
function probabilities(text: string): FloatTensor {
  const classes = letters.length + 1
  const data = new Float32Array(text.length * classes).fill(0.001)
  Array.from(
    text,
    (c, i) => (data[i * classes + letters.indexOf(c) + 1] = c === '-' ? data[i * classes]! : 0.9),
  )
  Array.from(text, (c, i) => (data[i * classes] = c === '-' ? 0.99 : 0.01))
  return { data, shape: [text.length, classes] }
}

const spec = { alphabet, model, frames }

test('words stand where their characters were read', () => {
  const { stretches } = framesOf([{ start: [0, 50], end: [80, 50], height: 20 }], frames, 100, 100)
  const words = wordsOf(stretches[0]!, probabilities('-A--B--- ----1-1-.-9-9----------'), spec)
  expect(words.map(({ word }) => word.text)).toEqual(['AB', '11.99'])
  const [first, second] = words
  expect(first!.word.box[1]).toBeCloseTo(40)
  expect(first!.word.box[3]).toBeCloseTo(60)
  expect(first!.word.box[0]).toBeLessThan(5)
  expect(second!.word.box[0]).toBeGreaterThan(first!.word.box[2])
  expect(first!.readings[0]).toBeLessThanOrEqual(1)
  expect(first!.readings[1]).toBeGreaterThan(4)
  expect(second!.word.confidence).toBeGreaterThan(0.8)
})

test('the readings of a second line are its own', () => {
  const line = { start: [0, 20], end: [20, 20], height: 20 } as const
  const { stretches } = framesOf([line, { ...line, start: [0, 60], end: [20, 60] }], frames, 100, 100)
  const own = stretches[0]!.count * 2
  const between = '-'.repeat(8)
  const text = `${'A'.padEnd(own, '-')}${between}${'B'.padEnd(own, '-')}${between}`
  const [word] = wordsOf(stretches[1]!, probabilities(text), spec)
  expect(word!.word.text).toBe('B')
  expect(word!.readings[0]).toBe(stretches[1]!.first * 2)
})

test('a line on which nothing was read has no words', () => {
  const { stretches } = framesOf([{ start: [0, 50], end: [80, 50], height: 20 }], frames, 100, 100)
  expect(wordsOf(stretches[0]!, probabilities('-'.repeat(32)), spec)).toEqual([])
})
