import type { OcrEngine } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import { discover } from '../discover.ts'

const folder = new URL('./engines/', import.meta.url)

/** The names that `--ocr` takes: the files of `engines/`. */
export async function ocrEngineNames(): Promise<readonly string[]> {
  return Object.keys(await discover(folder))
}

/** Starts an engine by name; E_BAD_REQUEST for an unknown name, E_ENGINE when it cannot run on this machine. */
export async function createOcrEngine(name: string): Promise<OcrEngine> {
  const engines = await discover(folder)
  const load = engines[name]
  if (!load) {
    const known = Object.keys(engines).join(', ')
    throw new ParallaxError('E_BAD_REQUEST', `There is no OCR engine "${name}"; known are ${known}.`)
  }
  const create = (await load()).default as () => Promise<OcrEngine>
  return create()
}
