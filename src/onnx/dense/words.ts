import type { Word } from '../../core/document.ts'
import { hull, type Box } from '../../core/geometry.ts'
import type { CharacterModel } from '../character-model.ts'
import { decodeCtc, type CtcAlphabet } from '../ctc.ts'
import { advance, meanProbability, splitAtSpaces, type Characters } from '../read-words.ts'
import type { FloatTensor } from '../session.ts'
import { along, pointAt, type Stretch } from './frames.ts'
import type { DenseManifest } from './manifest.ts'

/** A word and the readings it was spelt from: the first, and the one after its last, among those of all lines. */
export interface ReadWord {
  readonly word: Word
  readonly readings: readonly [from: number, to: number]
}

/** What reading needs beside the network's answer. */
export interface Spelling {
  readonly alphabet: CtcAlphabet
  readonly model: CharacterModel
  readonly frames: DenseManifest['frames']
}

/** Readings that a character takes that stands alone on its line. */
const lonely = 4

/** The part of a line between two of its readings, in pixels of the picture. */
function boxOf(stretch: Stretch, [from, to]: ReadWord['readings'], spec: DenseManifest['frames']): Box {
  const { line } = stretch
  const ends = [from, to].map((reading) => pointAt(line, along(stretch, reading / spec.fine, spec)))
  return hull(ends.map(([x, y]) => [x, y - line.height / 2, x, y + line.height / 2]))
}

function toWord(word: Characters, line: Characters, stretch: Stretch, { frames }: Spelling): ReadWord {
  const half = advance(word, line, lonely) / 2
  const from = Math.max(0, word[0]!.frame + 0.5 - half)
  const to = Math.min(stretch.count * frames.fine, word.at(-1)!.frame + 0.5 + half)
  const offset = stretch.first * frames.fine
  return {
    word: {
      text: word.map((c) => c.text).join(''),
      confidence: meanProbability(word),
      box: boxOf(stretch, [from, to], frames),
    },
    readings: [Math.floor(offset + from), Math.ceil(offset + to)],
  }
}

/** The words of a line, with boxes in pixels of the picture; `probabilities` [readings of all lines, classes]. */
export function wordsOf(stretch: Stretch, probabilities: FloatTensor, spelling: Spelling): ReadWord[] {
  const { fine } = spelling.frames
  const classes = probabilities.shape[1]!
  const from = stretch.first * fine
  const to = from + stretch.count * fine
  const data = probabilities.data.subarray(from * classes, to * classes)
  const own = { data, shape: [1, to - from, classes] }
  const characters = decodeCtc(own, spelling.alphabet, spelling.model)
  return splitAtSpaces(characters).map((word) => toWord(word, characters, stretch, spelling))
}
