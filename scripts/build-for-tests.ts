/**
 * What vitest runs before the tests: they try the command line as it is installed, which starts in half the time that its
 * sources take. What has not changed since the last build is not built again.
 */
import { readdirSync, statSync } from 'node:fs'
import { marksFile } from '../src/identity/own-revision.ts'
import { buildSources, folders } from './build-sources.ts'

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => changedAt(`${entry.parentPath}/${entry.name}`))
    .reduce((a, b) => Math.max(a, b), 0)

export default function setup(): void {
  const built = changedAt(`dist/${marksFile}`)
  const isCurrent = [
    ...folders.map(newest),
    changedAt('tsconfig.build.json'),
    changedAt('package.json'),
  ].every((changed) => changed < built)
  if (!isCurrent && buildSources() !== 0) throw new Error('The sources could not be built: see above.')
}
