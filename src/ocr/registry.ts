import type { OcrEngine } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import { discover } from '../discover.ts'
import { openCharacterModel } from '../onnx/character-model.ts'
import { currentModels } from '../onnx/current-models.ts'
import { modelText, openModel } from '../onnx/model-folder.ts'
import { bothEngines } from './choose.ts'

const folder = new URL('./engines/', import.meta.url)

/** The names that `--ocr` takes: the files of `engines/`. */
export async function ocrEngineNames(): Promise<readonly string[]> {
  return Object.keys(await discover(folder))
}

type Create = () => Promise<OcrEngine>

async function loadEngine(name: string): Promise<Create> {
  const engines = await discover(folder)
  const load = engines[name]
  if (load) return (await load()).default as Create
  const known = Object.keys(engines).join(', ')
  throw new ParallaxError('E_BAD_REQUEST', `There is no OCR engine "${name}"; known are ${known}.`)
}

/** Starts two engines, one after the other; the first does not stay when the second cannot start. */
export async function startPair(first: Create, second: Create): Promise<readonly [OcrEngine, OcrEngine]> {
  const started = await first()
  try {
    return [started, await second()]
  } catch (error) {
    await started.dispose?.().catch(() => {}) // Why the second did not start says more.
    throw error
  }
}

/**
 * Starts an engine by name, or two that read every page together (`pp-ocr+tesseract`, the more trusted first);
 * E_BAD_REQUEST for an unknown name, E_ENGINE when it cannot run on this machine.
 */
export async function createOcrEngine(name: string): Promise<OcrEngine> {
  const [first, second, ...more] = await Promise.all(name.split('+').map(loadEngine))
  if (more.length > 0)
    throw new ParallaxError('E_BAD_REQUEST', `"${name}" names more than two OCR engines to read with.`)
  if (!second) return first!()
  const characters = await openModel(currentModels.characters)
  const model = await openCharacterModel(characters)
  const both = bothEngines(...(await startPair(first!, second)), model)
  return { ...both, revision: `${both.revision} ${modelText(characters)}` }
}
