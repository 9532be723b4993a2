import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { z } from 'zod'
import { fingerprint, revision } from './fingerprint.ts'
import { installed } from './package-versions.ts'
import { markSources, type SourceMarks } from './sources.ts'

/** Where the build leaves the marks of the sources in `dist/`: a package and the checkout it was made in have one identity. */
export const marksFile = 'source-marks.json'

const marksSchema = z.object({ rules: z.string(), reading: z.string(), packages: z.array(z.string()) })

const isSource = extname(import.meta.url) === '.ts'

let known: SourceMarks | undefined

/** Of the sources as they are, or as the build found them; looked at once a process. */
const marks = (): SourceMarks =>
  (known ??= isSource
    ? markSources(new URL('../../', import.meta.url))
    : marksSchema.parse(JSON.parse(readFileSync(new URL(`../../${marksFile}`, import.meta.url), 'utf8'))))

/** The revision of the rules that label words: `1.3f9a01c7`, by the content of their files. */
export const rulesRevision = (): string => revision('1', marks().rules)

/**
 * The revision of Parallax itself, as far as it makes results: `0.1.0.8b20d4f1`, by the content of its files and by the
 * versions of the packages that they use. It changes with any of them, whether or not somebody counts the version up.
 */
export function readingRevision(version: string): string {
  const { reading, packages } = marks()
  return revision(version, fingerprint([reading, ...installed(packages, import.meta.url)]))
}
