/**
 * Makes a bare machine ready: npm's packages, redis-server, and for `test` a Chromium, PostgreSQL and what checks the Python of `training/`.
 * What is there already is left alone. Ends with status 2 and one line that says what to install when it cannot be done from here; without
 * PostgreSQL or Python the rest can be tested.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packagesState } from './packages.mjs'
import { buildPage } from './page.mjs'
import { canMakeChecker, hasChecker, makeChecker, missingFonts } from './python.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))

const say = (line) => process.stderr.write(`${line}\n`)

function stop(line) {
  say(line)
  process.exit(2)
}

function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

const shown = ['ignore', 2, 2]
const errorsShown = ['ignore', 'ignore', 2]
const hidden = 'ignore'

/** True when the command succeeded. */
const run = ([program, ...args], stdio) => spawnSync(program, args, { cwd: root, stdio }).status === 0

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(
    `Parallax needs Node.js 20.19 or newer; this is ${process.version}. See https://nodejs.org/en/download.`,
  )
}

function installPackages() {
  const state = packagesState()
  if (state === 'current') return
  say(state === 'missing' ? 'Installing packages …' : 'package-lock.json has changed: installing packages …')
  // Development packages too, where NODE_ENV=production would leave them out; errors too, where -s would hide them.
  const install = ['npm', 'ci', '--ignore-scripts', '--include=dev', '--loglevel=error']
  if (run(install, shown)) return
  stop('The packages could not be installed: see above. Is the npm registry within reach?')
}

/** What a command of the administrator starts with here; null when nobody may be one without a password. */
function administrator() {
  if (process.getuid?.() === 0) return []
  return hasProgram('sudo') && run(['sudo', '-n', 'true'], hidden) ? ['sudo', '-n'] : null
}

function installWithApt(...names) {
  const prefix = administrator()
  if (prefix === null) return
  const unasked = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_MODE=a']
  const apt = [...prefix, ...unasked, 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=60']
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...names]
  if (run(install, hidden)) return
  // A fresh machine knows no packages yet.
  run([...apt, 'update'], errorsShown)
  run(install, errorsShown)
}

function installRedis() {
  if (hasProgram('redis-server')) return
  say('Installing redis-server; Parallax starts its own, no service needs to run …')
  if (hasProgram('apt-get')) installWithApt('redis-server')
  else if (hasProgram('brew')) run(['brew', 'install', '--quiet', 'redis'], shown)
  if (hasProgram('redis-server')) return
  stop(
    'redis-server is missing and cannot be installed from here: ' +
      'run `sudo apt-get install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS), then this again.',
  )
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome']

function installBrowser() {
  if (browsers.some(hasProgram)) return
  say('Installing chromium, in which the tests look at the review page …')
  if (hasProgram('apt-get')) installWithApt('chromium')
  if (browsers.some(hasProgram)) return
  stop(
    'chromium is missing and cannot be installed from here: ' +
      'run `sudo apt-get install chromium` (Debian), or put a chromium or google-chrome on the PATH, then this again.',
  )
}

/** Debian keeps its programs in a folder that is not on the PATH. */
const hasPostgres = () => hasProgram('initdb') || existsSync('/usr/lib/postgresql')

function installPostgres() {
  if (hasPostgres()) return
  say(
    'Installing postgresql, in which the tests keep a ledger; they start their own, no service needs to run …',
  )
  if (hasProgram('apt-get')) installWithApt('postgresql')
  if (hasPostgres()) return
  say('PostgreSQL is missing and cannot be installed from here: what needs one will not be tested.')
}

function installChecker() {
  if (hasChecker()) return
  say('Installing what checks the Python of training/ …')
  if (!canMakeChecker() && hasProgram('apt-get')) installWithApt('python3', 'python3-venv')
  const why = makeChecker()
  if (why !== null) say(`The Python of training/ will not be checked: ${why}`)
}

function installFonts() {
  if (!hasChecker() || !hasProgram('apt-get')) return
  const fonts = missingFonts()
  if (fonts.length === 0) return
  say('Installing fonts, with which training/ draws …')
  installWithApt(...fonts)
}

checkNode()
installPackages()
installRedis()
if (process.argv[2] === 'test') {
  installBrowser()
  installPostgres()
  installChecker()
  installFonts()
}
if (!buildPage()) stop('The review page could not be built: see above.')
