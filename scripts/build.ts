/** Builds dist/ as far as something has changed: the sources and the review page. */
import { buildSources } from './build-sources.ts'

/** Written for a machine where nothing is installed, and so without types. */
const page = './page.mjs'
const { buildPage } = (await import(page)) as { buildPage: () => boolean }

process.exitCode = buildSources() || (buildPage() ? 0 : 1)
