import { defineConfig } from 'vitest/config'

/** What works on data in hand: no pictures, networks, databases, processes or ports. */
const pure =
  '{amounts,classifying,contract,core,datasets,identity,ner,routing,scoring,segmenting,templating,trust,values,web}'
const unit = [`src/${pure}/**/*.test.ts`, 'src/config.test.ts', 'schemas/**/*.test.ts']

/** What a browser shows. */
const browser = ['src/web/{page,report,types}.test.ts']

const all = ['{src,workers,schemas,scripts,bench}/**/*.test.ts']

const shared = {
  pool: 'forks' as const,
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  env: { OMP_THREAD_LIMIT: '1' },
}

/** What tries the command line as it is installed. */
const built = { ...shared, globalSetup: 'scripts/build-for-tests.ts' }

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'unit', include: unit, exclude: browser } },
      { test: { ...built, name: 'integration', include: all, exclude: [...unit, ...browser] } },
      { test: { ...built, name: 'browser', include: browser } },
    ],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['{src,workers,schemas}/**/*.{ts,tsx}'],
      exclude: ['**/*.{test,case,child}.ts', 'src/imaging/test-*.ts'],
      reporter: ['json-summary'],
    },
  },
})
