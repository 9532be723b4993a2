import { z } from 'zod'
import type { OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import { openCharacterModel } from '../../onnx/character-model.ts'
import { currentModels } from '../../onnx/current-models.ts'
import { modelText, openModel } from '../../onnx/model-folder.ts'
import { openSession } from '../../onnx/session.ts'
import { detectLines, type LineDetector } from '../pp-ocr/detect.ts'
import { markedLetters } from '../pp-ocr/page-languages.ts'
import { recognizeLines, type LineReader } from '../pp-ocr/recognize.ts'
import { wordsOf } from '../pp-ocr/words.ts'
import { toOcrPage } from '../../core/text-lines.ts'

const misreadDigit = z.string().regex(/^\d→\d$/)
/**
 * What the reader's manifest says of it: the characters of its classes from 1 on, the small letters with marks of each language,
 * and which digits it takes for which.
 */
const readerSchema = z.object({
  alphabet: z.string().min(1),
  languages: z.record(z.string(), z.string()),
  digitConfusions: z.record(misreadDigit, z.int().positive()),
})

const size = z.number().positive()
/** What the detector's manifest says of it: the picture that it looks at. */
const detectorSchema = z.object({
  picture: z.object({ scale: size, mostSide: size, multiple: z.int().positive() }),
})

async function openDetector(): Promise<LineDetector & Pick<OcrEngine, 'revision'>> {
  const model = await openModel(currentModels.lineDetector)
  const { picture } = detectorSchema.parse(model.manifest)
  return { session: await openSession(await model.read('model.onnx')), picture, revision: modelText(model) }
}

async function openReader(): Promise<LineReader & Pick<OcrEngine, 'revision' | 'digitConfusions'>> {
  const [lines, characters] = await Promise.all([
    openModel(currentModels.lineReader),
    openModel(currentModels.characters),
  ])
  const { languages, digitConfusions, ...read } = readerSchema.parse(lines.manifest)
  const alphabet = new Map(Array.from(read.alphabet, (c, i) => [i + 1, c]))
  return {
    session: await openSession(await lines.read('model.onnx')),
    alphabet,
    marked: markedLetters(languages, alphabet),
    model: await openCharacterModel(characters),
    digitConfusions,
    revision: `${modelText(lines)} ${modelText(characters)}`,
  }
}

/**
 * The two steps of PP-OCR (Du et al., "PP-OCR: A Practical Ultra Lightweight OCR System", 2020): lines are found and read by
 * networks that the project makes of those of its sixth version; the project's model of which characters follow each other
 * weighs what the reader leaves open.
 */
export default async function ppOcr(): Promise<OcrEngine> {
  const { revision, digitConfusions, ...reader } = await openReader()
  const detector = await openDetector()
  return {
    name: 'pp-ocr',
    revision: `${detector.revision} ${revision}`,
    uprightConfidence: 0.75,
    knownScriptConfidence: 0.85,
    digitConfusions,
    async recognize({ number, image }, signal) {
      signal?.throwIfAborted()
      if (image.data.length === 0 || image.width * image.height !== image.data.length)
        throw new ParallaxError('E_ENGINE', 'PP-OCR could not read the page: it has no pixels.')
      const regions = await detectLines(detector, image)
      const lines = await recognizeLines(reader, image, regions, signal)
      const words = lines.flatMap((line) => wordsOf(line, image))
      return toOcrPage(number, words)
    },
    async dispose() {
      await detector.session.close()
      await reader.session.close()
    },
  }
}
