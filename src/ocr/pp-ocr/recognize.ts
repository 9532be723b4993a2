import type { PageImage } from '../../core/document.ts'
import { cut, type Region } from '../../imaging/resample.ts'
import type { CharacterModel } from '../../onnx/character-model.ts'
import { decodeCtc, type CtcAlphabet, type ReadCharacter } from '../../onnx/ctc.ts'
import type { FloatTensor, Session } from '../../onnx/session.ts'

/** How lines are read: the network, what its classes are, and what weighs its doubts. */
export interface LineReader {
  readonly session: Session
  readonly alphabet: CtcAlphabet
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

const toTensor = ({ data, width, height }: PageImage): FloatTensor => ({
  data: Float32Array.from(data, (grey) => grey / 127.5 - 1),
  shape: [1, 1, height, width],
})

async function readLine(
  { session, alphabet, model }: LineReader,
  image: PageImage,
  region: Region,
): Promise<ReadLine> {
  const line = toTensor(await cut(image, region, widthOf(region), lineHeight))
  const { probabilities } = await session.run({ line })
  return { region, characters: decodeCtc(probabilities!, alphabet, model), frames: probabilities!.shape[1]! }
}

/** Reads every region, one at a time: on one thread a batch takes longer than its lines apart, and wide ones twice as long. */
export async function recognizeLines(
  reader: LineReader,
  image: PageImage,
  regions: readonly Region[],
  signal?: AbortSignal,
): Promise<readonly ReadLine[]> {
  const read: ReadLine[] = []
  for (const region of regions) {
    signal?.throwIfAborted()
    read.push(await readLine(reader, image, region))
  }
  return read
}
