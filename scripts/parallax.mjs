/**
 * The command line of a checkout: npm run -s parallax -- extract scan.jpg
 * npm runs scripts in the package's folder; files are meant from where its user is.
 */
import { packagesState } from './packages.mjs'
import { buildPage } from './page.mjs'

if (packagesState() === 'missing') {
  process.stderr.write(
    'parallax: its packages are not installed: run npm run quickstart, or npm ci, first.\n',
  )
  process.exit(2)
}

if (process.argv[2] === 'serve' && !buildPage())
  process.stderr.write('parallax: the review page could not be built; the API works without it.\n')

const main = new URL('../src/cli/main.ts', import.meta.url)
const { npm_lifecycle_event: script, INIT_CWD: callersFolder } = process.env
if (script === 'parallax' && callersFolder) process.chdir(callersFolder)
await import('tsx')
await import(main.href)
