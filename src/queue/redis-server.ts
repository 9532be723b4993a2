import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { ParallaxError } from '../core/errors.ts'
import { lastWarning, sizeOf } from './redis-log.ts'
import type { RedisPlace } from './redis-place.ts'
import { forgetOldest, setAside, type SetAside } from './set-aside.ts'

/** Long enough to load a large append-only file. */
const startTimeoutMs = 60_000
/** How long a server whose starter died may take to open its socket. */
const orphanTimeoutMs = 2_000
const pollMs = 20

/** Told, as a sentence, of what a person should know although the server runs. */
export type OnWarning = (sentence: string) => void

/**
 * Starts a server that outlives this process and waits until `connect` answers something; the caller holds the lock
 * of the place. Data that the server cannot start with, but would start without, is set aside. Rejects with E_QUEUE_DOWN
 * when the program is missing or stops again.
 */
export async function startRedisServer<T>(
  place: RedisPlace,
  program: string,
  connect: () => Promise<T | null>,
  onWarning: OnWarning,
): Promise<T> {
  const orphan = await waitForOrphan(place, connect)
  if (orphan !== null) return orphan
  const start = await tryStart(place, program, connect)
  if (start.isUp) return start.connected
  const aside = start.gaveUp ? await setAside(place.folder) : null
  if (aside === null) throw start.failure
  return startWithout(aside, place, () => tryStart(place, program, connect), onWarning)
}

/** Only a server that starts without the data shows that it was the data. */
async function startWithout<T>(
  aside: SetAside,
  { folder }: RedisPlace,
  tryAgain: () => Promise<Start<T>>,
  onWarning: OnWarning,
): Promise<T> {
  const start = await tryAgain()
  if (!start.isUp) {
    if (start.gaveUp) await aside.undo()
    throw start.failure
  }
  await forgetOldest(folder)
  onWarning(
    `The queue was damaged and starts empty; the ledger fills it again. What was damaged is kept in ${aside.paths.join(' and ')}.`,
  )
  return start.connected
}

/** What became of a start: a connection, or why there is none and whether the server itself ended. */
type Start<T> =
  | { readonly isUp: true; readonly connected: T }
  | { readonly isUp: false; readonly failure: ParallaxError; readonly gaveUp: boolean }

async function tryStart<T>(
  place: RedisPlace,
  program: string,
  connect: () => Promise<T | null>,
): Promise<Start<T>> {
  const logged = await sizeOf(place.log)
  const server = spawnServer(place, program)
  const ended = endOf(server)
  let outcome: Error | null | undefined
  void ended.then((how) => (outcome = how))
  if (server.pid !== undefined) await writeFile(place.pid, String(server.pid))
  const deadline = Date.now() + startTimeoutMs
  while (outcome === undefined && Date.now() < deadline) {
    // It listens before it has loaded its data, and hangs up when it cannot.
    const connected = await connect().catch(() => null)
    if (connected !== null) return { isUp: true, connected }
    await Promise.race([delay(pollMs), ended])
  }
  const failure = outcome
    ? cannotSpawn(program, outcome)
    : stopped(place, await lastWarning(place.log, logged))
  return { isUp: false, failure, gaveUp: hasGivenUp(server) }
}

/** Resolves when it has ended, with the error of one that never ran. */
const endOf = (server: ChildProcess): Promise<Error | null> =>
  new Promise((resolve) => server.once('error', resolve).once('exit', () => resolve(null)))

/** It ended by itself: by its own decision or by a fault of its own, not because somebody stopped it. */
const hasGivenUp = ({ exitCode, signalCode }: ChildProcess): boolean =>
  (exitCode !== null && exitCode !== 0) ||
  (signalCode !== null && ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL'].includes(signalCode))

/** A server that was started a moment ago by a process that did not live to see it listen. */
async function waitForOrphan<T>(place: RedisPlace, connect: () => Promise<T | null>): Promise<T | null> {
  const deadline = Date.now() + orphanTimeoutMs
  while (Date.now() < deadline && (await isAlive(place.pid))) {
    const connected = await connect()
    if (connected !== null) return connected
    await delay(pollMs)
  }
  return null
}

async function isAlive(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function spawnServer({ folder, socket, log }: RedisPlace, program: string): ChildProcess {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    logfile: log,
    daemonize: 'no',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    save: '',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  // A session of its own: Ctrl-C in the terminal of its starter does not reach it.
  const server = spawn(program, options, { cwd: folder, detached: true, stdio: 'ignore' })
  server.unref()
  return server
}

const stopped = ({ log }: RedisPlace, warning: string | null): ParallaxError =>
  new ParallaxError(
    'E_QUEUE_DOWN',
    warning === null
      ? `The private Redis did not start. The last lines of its log ${log} may say why.`
      : `The private Redis did not start: ${warning} (more in ${log}).`,
  )

function cannotSpawn(program: string, cause: Error): ParallaxError {
  const message =
    `Parallax needs redis-server, and "${program}" could not be started. ` +
    'Install it with `apt-get install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS), ' +
    'or set PARALLAX_REDIS_URL to a Redis that runs elsewhere.'
  return new ParallaxError('E_QUEUE_DOWN', message, { cause })
}
