import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The program of a process that tests start, by its source `NAME.child.ts`: as it is built before the tests, for that starts in a
 * third of the time.
 */
export const builtChild = (source: string): string =>
  join(root, 'dist', relative(root, source)).replace(/\.ts$/, '.js')
