import { expect, test } from 'vitest'
import { wordsOf } from './words.ts'

const page = { data: new Uint8Array(0), width: 1000, height: 500 }
const region = { left: 100, top: 50, width: 400, height: 25 }

/** One character a frame, from frame 1; 20 frames across the region. */
const line = (text: string, probability = 0.9) => ({
  region,
  frames: 20,
  characters: [...text].map((c, i) => ({ text: c, probability, frame: i + 1 })),
})

test('splits a line at its spaces and boxes every word by its characters', () => {
  const words = wordsOf(line('AB 1.5'), page)
  expect(words.map((w) => w.text)).toEqual(['AB', '1.5'])
  const rounded = words.map((w) => w.box.map((v) => Math.round(v * 1000) / 1000))
  expect(rounded).toEqual([
    [0.12, 0.108, 0.16, 0.143],
    [0.18, 0.108, 0.24, 0.143],
  ])
})

test('is as sure of a word as the geometric mean of its characters', () => {
  const { characters, ...rest } = line('AB')
  const doubtful = characters.map((c, i) => ({ ...c, probability: i === 0 ? 1 : 0.25 }))
  expect(wordsOf({ ...rest, characters: doubtful }, page)[0]!.confidence).toBeCloseTo(0.5, 6)
})

test.each([
  ['03/07/20185:22:43PM', ['03/07/2018', '5:22:43PM']],
  ['29-12-1711:41', ['29-12-17', '11:41']],
  ['1.000.00 1.234.56 RM1.234.56 12.345.678.00', ['1.000.00', '1.234.56', 'RM1.234.56', '12.345.678.00']],
  ['INV-1214:30 1234:56', ['INV-1214:30', '1234:56']],
  ['24 Mar 1809:12:41', ['24', 'Mar', '18', '09:12:41']],
  ['1X 11.2311.23', ['1X', '11.23', '11.23']],
  ['12:41:05 2.50 10.5.2018 601.2806180322', ['12:41:05', '2.50', '10.5.2018', '601.2806180322']],
])('finds the spaces that were lost in "%s"', (text, expected) => {
  expect(wordsOf(line(text), page).map((w) => w.text)).toEqual(expected)
})

test.each(['', ' ', '   '])('finds no words in "%s"', (text) => expect(wordsOf(line(text), page)).toEqual([]))

test('keeps a single character inside its region', () => {
  const [word] = wordsOf({ region, frames: 2, characters: [{ text: '5', probability: 1, frame: 0 }] }, page)
  expect(word!.box[0]).toBe(0.1)
  expect(word!.box[2]).toBeLessThanOrEqual(0.5)
})
