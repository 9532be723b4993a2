import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseArpa } from '../character-model.ts'
import { openModel } from '../model-folder.ts'
import type { FloatTensor } from '../session.ts'
import { framesOf, type Stretch } from './frames.ts'
import { linesOf, type Line } from './lines.ts'
import { denseManifestSchema } from './manifest.ts'
import { wordsOf } from './words.ts'

const point = z.tuple([z.number(), z.number()])

/** A made-up page as the training sees it, written by `training/tests/test_dense_geometry.py`. */
const goldenSchema = denseManifestSchema.pick({ cells: true, frames: true }).extend({
  width: z.int(),
  height: z.int(),
  core: z.array(z.string()),
  /** [2][cells down][cells across] */
  extent: z.array(z.array(z.array(z.number()))),
  lines: z.array(
    z.object({
      start: point,
      end: point,
      height: z.number(),
      step: z.number(),
      /** [rows][frames], in pixels. */
      points: z.array(z.array(point)),
      /** Each with the reading in which its middle lies. */
      characters: z.array(z.tuple([z.string(), z.int()])),
    }),
  ),
  words: z.array(
    z.object({
      text: z.string(),
      line: z.int(),
      box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    }),
  ),
})

const file = new URL('../../../training/tests/golden/dense-geometry.json', import.meta.url)
const golden = goldenSchema.parse(JSON.parse(await readFile(file, 'utf8')))
const { width, height, cells, frames: spec } = golden
const { stretches, points, present } = framesOf(golden.lines, spec, width, height)

test('the published model means the same numbers', async () => {
  const { manifest } = await openModel('receipt-dense/1')
  expect(manifest).toMatchObject({ cells, frames: spec })
})

describe.each(golden.lines.map((line, i) => ({ ...line, i })))('line $i', ({ i, ...expected }) => {
  const { line: _, first, count, step } = stretches[i]!

  test('has as many frames as in training, in the same places', () => {
    expect(count).toBe(expected.points[0]!.length)
    expect(step).toBeCloseTo(expected.step, 3)
    expect([...present.data.subarray(first, first + count)].every((frame) => frame === 1)).toBe(true)
    const total = points.shape[1]!
    expected.points.forEach((row, r) => {
      row.forEach(([x, y], frame) => {
        const at = 2 * (r * total + first + frame)
        expect(((points.data[at]! + 1) / 2) * width, `row ${r}, frame ${frame}`).toBeCloseTo(x, 2)
        expect(((points.data[at + 1]! + 1) / 2) * height, `row ${r}, frame ${frame}`).toBeCloseTo(y, 2)
      })
    })
  })
})

test('from maps that are right all lines are found, their ends to a cell, their height and middle to a pixel', () => {
  const core: FloatTensor = {
    data: Float32Array.from(golden.core.join(''), (cell) => (cell === 'x' ? 0.95 : 0.05)),
    shape: [1, golden.core.length, golden.core[0]!.length],
  }
  const extent: FloatTensor = {
    data: Float32Array.from(golden.extent.flat(2)),
    shape: [2, ...core.shape.slice(1)],
  }
  const byPlace = (a: Pick<Line, 'start'>, b: Pick<Line, 'start'>): number =>
    a.start[1] - b.start[1] || a.start[0] - b.start[0]
  const found = [...linesOf(core, extent, cells)].sort(byPlace)
  const expected = [...golden.lines].sort(byPlace)
  expect(found).toHaveLength(expected.length)
  found.forEach((line, i) => {
    const { start, end, height: tall } = expected[i]!
    expect(Math.abs(line.height - tall)).toBeLessThan(1)
    for (const [[x, y], [right, middle]] of [
      [line.start, start],
      [line.end, end],
    ] as const) {
      expect(Math.abs(x - right)).toBeLessThan(cells.across)
      expect(Math.abs(y - middle)).toBeLessThan(1)
    }
  })
})

/** What a network that reads without doubt says of all lines: each character once, blanks between. */
function readings(alphabet: readonly string[]): FloatTensor {
  const classes = alphabet.length + 1
  const last = stretches.at(-1)!
  const count = (last.first + last.count) * spec.fine
  const data = new Float32Array(count * classes).fill(1e-4)
  for (let reading = 0; reading < count; reading++) data[reading * classes] = 0.99
  golden.lines.forEach(({ characters }, i) => {
    for (const [character, reading] of characters) {
      const at = (stretches[i]!.first * spec.fine + reading) * classes
      data[at] = 1e-4
      data[at + alphabet.indexOf(character) + 1] = 0.99
    }
  })
  return { data, shape: [count, classes] }
}

/** Knows single characters only, all alike. */
const indifferent = (letters: readonly string[]) => {
  const grams = ['<s>', '</s>', '<unk>', ...letters.filter((c) => c !== ' ')].map((c) => `-1\t${c}`)
  return parseArpa(`\\data\\\nngram 1=${grams.length}\n\n\\1-grams:\n${grams.join('\n')}\n\n\\end\\\n`)
}

test('from readings that are right come the words of the training, where it has them', () => {
  const letters = [...new Set(golden.lines.flatMap(({ characters }) => characters.map(([c]) => c)))]
  const spelling = {
    alphabet: new Map(letters.map((c, i) => [i + 1, c])),
    model: indifferent(letters),
    frames: spec,
  }
  const made = readings(letters)
  const words = (stretch: Stretch, line: number) =>
    wordsOf(stretch, made, spelling).map(({ word }) => ({ ...word, line }))
  const found = stretches.flatMap(words)
  const expected = golden.words.toSorted((a, b) => a.line - b.line || a.box[0] - b.box[0])
  expect(found.map(({ text, line }) => ({ text, line }))).toEqual(
    expected.map(({ text, line }) => ({ text, line })),
  )
  found.forEach(({ box, line }, i) => {
    const reading = golden.lines[line]!.step / spec.fine
    const off = box.map((edge, e) => Math.abs(edge - expected[i]!.box[e]!))
    expect(Math.max(...off), expected[i]!.text).toBeLessThan(2 * reading)
  })
})
