import { createRequire } from 'node:module'
import { extname } from 'node:path'

/** Sources run as .ts, the published package as .js. */
const extension = extname(import.meta.url)

/** The file of a process that is started from `workers/`. */
export const entryOf = (name: string): URL => new URL(`../../workers/${name}${extension}`, import.meta.url)

/** The folder of the review page, as it is built. */
export const webFolder = new URL(extension === '.ts' ? '../../dist/web/' : '../../web/', import.meta.url)

const packageFile = extension === '.ts' ? '../../package.json' : '../../../package.json'
export const version = (createRequire(import.meta.url)(packageFile) as { version: string }).version
