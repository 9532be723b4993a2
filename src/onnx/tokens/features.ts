import type { TextLine, Word } from '../../core/document.ts'
import { centerX, centerY, height, hull, width, type Box } from '../../core/geometry.ts'
import type { FloatTensor, IntTensor } from '../session.ts'
import type { TaggerManifest } from './manifest.ts'

type Specification = TaggerManifest['features']

const codePoints = (text: string): readonly string[] => Array.from(text)

/** [words, length] codes; a letter with marks that is not in the alphabet counts as the bare letter. */
export function charsOf(words: readonly Word[], { alphabet, length, codes }: Specification): IntTensor {
  const known = new Map(codePoints(alphabet).map((c, i) => [c, codes.first + i]))
  const codeOf = (c: string): number =>
    known.get(c) ?? known.get(codePoints(c.normalize('NFKD'))[0] ?? '') ?? codes.unseen
  const data = new BigInt64Array(words.length * length).fill(BigInt(codes.padding))
  words.forEach((word, i) => {
    const characters = codePoints(word.text).slice(0, length)
    characters.forEach((c, j) => (data[i * length + j] = BigInt(codeOf(c))))
  })
  return { data, shape: [words.length, length] }
}

const tiny = 1e-6
const clip = (v: number, low: number, high: number): number => Math.min(high, Math.max(low, v))
const lengthOf = ({ text }: Word): number => Math.max(1, codePoints(text).length)
const letterWidth = (word: Word): number => width(word.box) / lengthOf(word)

/** The upper median, never 0. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.max(tiny, sorted[Math.floor(sorted.length / 2)]!)
}

const meanCenter = ({ words }: TextLine): number =>
  words.reduce((sum, w) => sum + centerY(w.box), 0) / words.length

/** What all words of a page are measured by. */
interface Measure {
  readonly hull: Box
  readonly height: number
  readonly letterWidth: number
  readonly lines: readonly TextLine[]
  readonly centers: readonly number[]
}

function measure(lines: readonly TextLine[]): Measure {
  const words = lines.flatMap((line) => line.words)
  return {
    hull: hull(words.map((w) => w.box)),
    height: median(words.map((w) => height(w.box))),
    letterWidth: median(words.map(letterWidth)),
    lines,
    centers: lines.map(meanCenter),
  }
}

/** White space between two neighbours of a line, 0 to 1; 1 beside none. */
function gap(
  left: Word | undefined,
  right: Word | undefined,
  page: Measure,
  { gapRange }: Specification,
): number {
  if (!left || !right) return 1
  const space = Math.max(0, right.box[0] - left.box[2])
  return Math.min(space / page.letterWidth, gapRange) / gapRange
}

/** Distance from a line to the next one, 0 to 1; 1 beside none. */
function leap(above: number, page: Measure, { leapRange }: Specification): number {
  const [from, to] = [page.centers[above], page.centers[above + 1]]
  if (from === undefined || to === undefined) return 1
  return clip((to - from) / page.height, 0, leapRange) / leapRange
}

function wordFeatures(page: Measure, row: number, place: number, spec: Specification): number[] {
  const { words } = page.lines[row]!
  const word = words[place]!
  const { box, text, confidence } = word
  const across = (x: number): number => (x - page.hull[0]) / Math.max(tiny, width(page.hull))
  const size = (value: number, usual: number): number =>
    clip(Math.log2(Math.max(value, tiny) / usual), -spec.sizeRange, spec.sizeRange)
  const upTo = (value: number, range: number): number => Math.min(value, range) / range
  return [
    row,
    across(box[0]),
    across(box[2]),
    across(centerX(box)),
    (centerY(box) - page.hull[1]) / Math.max(tiny, height(page.hull)),
    size(height(box), page.height),
    size(letterWidth(word), page.letterWidth),
    gap(words[place - 1], word, page, spec),
    gap(word, words[place + 1], page, spec),
    upTo(place, spec.placeRange),
    upTo(words.length - 1 - place, spec.placeRange),
    leap(row - 1, page, spec),
    leap(row, page, spec),
    upTo(row, spec.rowRange),
    upTo(page.lines.length - 1 - row, spec.rowRange),
    confidence,
    upTo(lengthOf(word), spec.length),
    (text.match(/[0-9]/g)?.length ?? 0) / lengthOf(word),
  ]
}

/**
 * [words, 18] numbers on the place and size of every word among the others of its page, all ratios; the order and
 * meaning are those of the training (`features.names` of the manifest). The lines must not be empty.
 */
export function featuresOf(lines: readonly TextLine[], spec: Specification): FloatTensor {
  const page = measure(lines)
  const table = lines.flatMap(({ words }, row) =>
    words.map((_, place) => wordFeatures(page, row, place, spec)),
  )
  return { data: Float32Array.from(table.flat()), shape: [table.length, table[0]!.length] }
}
