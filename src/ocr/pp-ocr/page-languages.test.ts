import { expect, test } from 'vitest'
import type { FloatTensor } from '../../onnx/session.ts'
import { markedLetters, preferPageLanguages } from './page-languages.ts'

const alphabet = new Map(Array.from('oeőốöẞßüÜäÄáéíóúűộ', (letter, i) => [i + 1, letter]))
const classOf = (letter: string): number => [...alphabet].find(([, text]) => text === letter)![0]
const letters = markedLetters({ hu: 'áéíóöőúüű', vi: 'áéíóúốộ', de: 'äöüß', en: '' }, alphabet)

/** A line of frames, each with the probabilities of some letters. */
function lineOf(...frames: readonly Readonly<Record<string, number>>[]): FloatTensor {
  const classes = alphabet.size + 1
  const data = new Float32Array(frames.length * classes)
  frames.forEach((frame, i) =>
    Object.entries(frame).forEach(([letter, p]) => (data[i * classes + classOf(letter)] = p)),
  )
  return { data, shape: [1, frames.length, classes] }
}

/** The likeliest letter of each frame. */
const read = ({ data, shape }: FloatTensor): string =>
  Array.from({ length: shape[1]! }, (_, frame) => {
    const own = [...data.slice(frame * shape[2]!, (frame + 1) * shape[2]!)]
    return alphabet.get(own.indexOf(Math.max(...own)))
  }).join('')

const readAll = (...lines: readonly FloatTensor[]): readonly string[] =>
  preferPageLanguages(lines, letters).map(read)

test('of letters that look alike the one counts that the language of the page writes', () => {
  const doubtful = lineOf({ ố: 0.8, ő: 0.1 })
  expect(readAll(doubtful)).toEqual(['ố'])
  expect(readAll(doubtful, lineOf({ ü: 0.9 }))).toEqual(['ő', 'ü'])
})

test('a capital eszett is read as the small one where that is likely at all', () => {
  expect(readAll(lineOf({ ẞ: 0.6, ß: 0.3 }))).toEqual(['ß'])
})

test('capitals are of the language of the small letters', () => {
  expect(readAll(lineOf({ Ü: 0.9 }), lineOf({ ố: 0.5, ö: 0.4 }))).toEqual(['Ü', 'ö'])
})

test('one foreign word does not decide for the page', () => {
  const page = [lineOf({ ü: 0.9 }, { ö: 0.9 }, { ß: 0.9 }), lineOf({ ố: 0.9, o: 0.05 })]
  expect(readAll(...page)).toEqual(['üöß', 'ö'])
})

test('letters without marks and pages without others stay as they are', () => {
  const plain = lineOf({ o: 0.5, e: 0.4 }, { e: 0.9 })
  expect(preferPageLanguages([plain], letters)).toEqual([plain])
  expect(preferPageLanguages([], letters)).toEqual([])
})

test('a mark that is read once on a page without any is none', () => {
  const plain = Array.from({ length: 300 }, () => ({ e: 0.95 }))
  expect(readAll(lineOf({ ö: 0.6, o: 0.3 }), lineOf(...plain))[0]).toBe('o')
  expect(readAll(lineOf({ ö: 0.97 }, { ü: 0.98 }), lineOf(...plain))[0]).toBe('öü')
})
