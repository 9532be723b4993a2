/** Builds dist/ as far as something has changed: the sources and the review page. */
import { buildSources } from './build-sources.ts'
// @ts-expect-error -- it also runs where nothing is installed, and so without types
import { buildPage } from './page.mjs'

process.exitCode = buildSources() || (buildPage() ? 0 : 1)
