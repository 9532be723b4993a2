import type { Route } from '../src/core/extraction-result.ts'
import { ocrEngineNames } from '../src/ocr/registry.ts'

/** Routes among the OCR engines of the modular path: the direct path, and both with the engine that is set. */
const routes = ['direct', 'auto'] as const

const isRoute = (name: string): name is (typeof routes)[number] => (routes as readonly string[]).includes(name)

/** The route that a name of `--engine` stands for. */
export const routeOf = (name: string): Route => (isRoute(name) ? name : 'modular')

/** The engine that reads by that route, where it needs one. */
export const ocrOf = (name: string, otherwise: string): string => (isRoute(name) ? otherwise : name)

/** All that can read here: the routes, and the modular one with each of its engines. */
export const readerNames = async (): Promise<readonly string[]> => [...routes, ...(await ocrEngineNames())]

/** How the command line is told to read so: by that route, whatever its default is. */
export const readOptions = (name: string): readonly string[] =>
  isRoute(name) ? ['--route', name] : ['--route', 'modular', '--ocr', name]
