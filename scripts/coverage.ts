/**
 * Runs the tests without a browser and prints how much of each folder they ran. Arguments are those of Vitest: with some that choose
 * tests, such as `src/trust`, only the folders of which these run something are printed.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { coverageByFolder, summarySchema } from './coverage-by-folder.ts'

const shown = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`)

const given = process.argv.slice(2)
const chosen = given.some((argument) => argument.startsWith('--project')) ? [] : ['--project=!browser']
const { status } = spawnSync('vitest', ['run', '--coverage', ...chosen, ...given], { stdio: 'inherit' })

const summary = summarySchema.parse(JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')))
const isChosen = given.some((argument) => !argument.startsWith('-'))
const folders = coverageByFolder(summary, process.cwd()).filter(
  ({ folder, lines }) => !isChosen || (folder !== 'all' && lines !== 0),
)

const table = new Table({
  head: ['folder', 'lines', 'branches', 'functions'],
  style: { head: [], border: [], compact: true },
  colAligns: ['left', 'right', 'right', 'right'],
})
for (const { folder, lines, branches, functions } of folders)
  table.push([folder, shown(lines), shown(branches), shown(functions)])
process.stdout.write(`${table.toString()}\n`)
process.exitCode = status ?? 1
