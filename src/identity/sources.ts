import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { fingerprint } from './fingerprint.ts'
import { packagesIn } from './package-versions.ts'

/** Fingerprints of the sources that decide what is read. */
export interface SourceMarks {
  /** Of what labels words by rules. */
  readonly rules: string
  /** Of all that makes a result of a file, the rules among it. */
  readonly reading: string
  /** The packages that it uses, by name. */
  readonly packages: readonly string[]
}

/**
 * What takes, keeps, answers and shows, and makes nothing of a document. Everything else counts: a new folder does until
 * somebody writes it here.
 */
const aside = [
  ...[
    'api',
    'app',
    'cli',
    'client',
    'contract',
    'datasets',
    'library',
    'queue',
    'report',
    'stores',
    'timing',
    'web',
  ],
  ...['config.ts', 'index.ts', 'authoring.ts'],
  ...[
    'access',
    'files',
    'health',
    'webhooks',
    'results',
    'submitting',
    'deletion',
    'certifying',
    'backup',
    'exporting',
  ].map((room) => `service/${room}`),
].map((place) => `src/${place}`)

const isIn = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file === place || file.startsWith(`${place}/`))

/** What labels words by rules: what all types share, and the labellers of each. */
const isRule = (file: string): boolean =>
  isIn(file, ['src/ner', 'src/values']) || /^schemas\/[^/]+\/(labelling\/|labels\.)/.test(file)

/** Tests and what only they use, and JSON Schemas, which are made from the types. */
const isBeside = (file: string): boolean =>
  /\.(test|case|child|d)\.ts$|\.schema\.json$|(^|\/)(test-images|__snapshots__|fixtures)\b/.test(file)

const filesBelow = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'))
    .filter((file) => !isBeside(file))

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) })

/** The marks of the sources in a folder (a URL that ends in a slash), by the names and the content of their files. */
export function markSources(checkout: URL): SourceMarks {
  const root = fileURLToPath(checkout)
  const read = (file: string): string => readFileSync(join(root, file), 'utf8')
  const names = ['src', 'schemas', 'workers'].flatMap((folder) => filesBelow(root, folder)).sort()
  const files = names.filter((name) => !isIn(name, aside)).map((name) => [name, read(name)] as const)
  const { dependencies } = manifestSchema.parse(JSON.parse(read('package.json')))
  return {
    rules: fingerprint(files.filter(([name]) => isRule(name)).flat()),
    reading: fingerprint(files.flat()),
    packages: packagesIn(files.map(([, content]) => content)).filter((name) => name in dependencies),
  }
}
