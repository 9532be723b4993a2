import type { Strategy } from '../src/core/extraction-result.ts'
import { ocrEngineNames } from '../src/ocr/registry.ts'

/** Strategies among the OCR engines of the modular path: the direct path, and both with the engine that is set. */
const strategies = ['direct', 'auto'] as const

const isStrategy = (name: string): name is (typeof strategies)[number] =>
  (strategies as readonly string[]).includes(name)

/** The strategy that a name of `--engine` stands for. */
export const strategyOf = (name: string): Strategy => (isStrategy(name) ? name : 'modular')

/** The engine that reads by that strategy, where it needs one. */
export const ocrOf = (name: string, otherwise: string): string => (isStrategy(name) ? otherwise : name)

/** All that can read here: the strategies, and the modular one with each of its engines. */
export const readerNames = async (): Promise<readonly string[]> => [
  ...strategies,
  ...(await ocrEngineNames()),
]

/** How the command line is told to read so: by that strategy, whatever its default is. */
export const readOptions = (name: string): readonly string[] =>
  isStrategy(name) ? ['--route', name] : ['--route', 'modular', '--ocr', name]
