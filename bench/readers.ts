import type { Strategy } from '../src/core/extraction-result.ts'
import { ocrEngineNames } from '../src/ocr/registry.ts'

/** The direct path among the OCR engines of the modular one. */
const directName = 'direct'

/** The route that a name of `--engine` stands for. */
export const routeOf = (name: string): Strategy => (name === directName ? 'direct' : 'modular')

/** The engine that reads by that route, where it needs one. */
export const ocrOf = (name: string, otherwise: string): string => (name === directName ? otherwise : name)

/** All that can read here: the direct path, and the modular one with each of its engines. */
export const readerNames = async (): Promise<readonly string[]> => [directName, ...(await ocrEngineNames())]

/** How the command line is told to read so: by that path alone, whatever route is its default. */
export const readOptions = (name: string): readonly string[] =>
  name === directName ? ['--route', 'direct'] : ['--route', 'modular', '--ocr', name]
