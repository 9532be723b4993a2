import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Runs before any package is there: plain JavaScript, Node's own modules only.

/** The folder of what is written in Python. */
export const training = fileURLToPath(new URL('../training/', import.meta.url))

const environment = `${training}.venv-check`

/** The Python with which it is checked. */
export const checker = `${environment}/bin/python`

/** What was last installed, written when all of it was. */
const installed = `${environment}/installed.txt`

const wanted = () =>
  ['requirements.txt', 'requirements-check.txt'].map((name) => readFileSync(training + name, 'utf8')).join('')

const run = (program, args, stdio) => spawnSync(program, args, { cwd: training, stdio }).status === 0

const canRun = (program, ...args) => run(program, args, 'ignore')

/** True when the environment of the checks holds what is wanted. */
export function hasChecker() {
  return existsSync(checker) && existsSync(installed) && readFileSync(installed, 'utf8') === wanted()
}

/** True when this machine's Python is new enough and can make environments. */
export const canMakeChecker = () =>
  canRun('python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))')

/** Makes the environment of the checks; null, or a sentence that says why there is none. */
export function makeChecker() {
  if (!canRun('python3', '--version')) return 'python3 is not on the PATH.'
  if (!canMakeChecker()) return 'python3 is older than 3.11, or without its module venv.'
  if (!run('python3', ['-m', 'venv', '--clear', environment], ['ignore', 2, 2]))
    return `python3 could not make ${environment}.`
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1']
  if (!run(checker, [...pip, '--requirement', 'requirements-check.txt'], ['ignore', 2, 2]))
    return 'pip could not install training/requirements-check.txt: is its index within reach?'
  writeFileSync(installed, wanted())
  return null
}

/** Debian's packages of the fonts that are drawn with and not installed. */
export function missingFonts() {
  const program = 'from parallax_training.synth.fonts import missing_packages; print(*missing_packages())'
  const { status, stdout } = spawnSync(checker, ['-c', program], { cwd: training, encoding: 'utf8' })
  return status === 0 ? stdout.split(/\s+/).filter((name) => name !== '') : []
}
