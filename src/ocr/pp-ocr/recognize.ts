import type { PageImage } from '../../core/document.ts'
import { bicubic } from '../../imaging/bicubic.ts'
import type { Region } from '../../imaging/resample.ts'
import type { CharacterModel } from '../../onnx/character-model.ts'
import { decodeCtc, type CtcAlphabet, type ReadCharacter } from '../../onnx/ctc.ts'
import type { FloatTensor, Session } from '../../onnx/session.ts'
import { preferPageLanguages, type MarkedLetters } from './page-languages.ts'

/** How lines are read: the network, what its classes are, and what weighs its doubts. */
export interface LineReader {
  readonly session: Session
  readonly alphabet: CtcAlphabet
  readonly marked: MarkedLetters
  readonly model: CharacterModel
}

/** What stands on one piece of a line. */
export interface ReadLine {
  readonly region: Region
  readonly characters: readonly ReadCharacter[]
  /** Across the region. */
  readonly frames: number
}

/** Height of the lines that the network was trained on, pixels. */
const lineHeight = 48

const widthOf = ({ width, height }: Region): number => Math.max(16, Math.round((width * lineHeight) / height))

/** A line as the network sees it: −1 for black to 1 for white. */
function lineOf(image: PageImage, region: Region): FloatTensor {
  const width = widthOf(region)
  const data = bicubic(image, region, width, lineHeight)
  for (let i = 0; i < data.length; i++) data[i] = data[i]! / 127.5 - 1
  return { data, shape: [1, 1, lineHeight, width] }
}

/**
 * Reads every region, one at a time: on one thread a batch takes longer than its lines apart, and wide ones twice as long. What
 * all lines show of the page's languages has a say in each.
 */
export async function recognizeLines(
  { session, alphabet, marked, model }: LineReader,
  image: PageImage,
  regions: readonly Region[],
  signal?: AbortSignal,
): Promise<readonly ReadLine[]> {
  const seen: FloatTensor[] = []
  for (const region of regions) {
    signal?.throwIfAborted()
    seen.push((await session.run({ line: lineOf(image, region) })).probabilities!)
  }
  const lines = preferPageLanguages(seen, marked)
  return regions.map((region, i) => ({
    region,
    characters: decodeCtc(lines[i]!, alphabet, model),
    frames: lines[i]!.shape[1]!,
  }))
}
