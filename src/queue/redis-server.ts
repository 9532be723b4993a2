import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { ParallaxError } from '../core/errors.ts'
import type { RedisPlace } from './redis-place.ts'

/** Long enough to load a large append-only file. */
const startPatienceMs = 60_000
/** How long a server whose starter died may take to open its socket. */
const orphanPatienceMs = 2_000
const pollMs = 20

/**
 * Starts a server that outlives this process and waits until `connect` answers something; the caller holds the lock
 * of the place. Rejects with E_QUEUE_DOWN when the program is missing or stops again.
 */
export async function startRedisServer<T>(
  place: RedisPlace,
  program: string,
  connect: () => Promise<T | null>,
): Promise<T> {
  const orphan = await waitForOrphan(place, connect)
  if (orphan !== null) return orphan
  const server = spawnServer(place, program)
  let failure: ParallaxError | undefined
  server.once('error', (error) => (failure = cannotSpawn(program, error)))
  server.once('exit', () => (failure ??= stopped(place)))
  if (server.pid !== undefined) await writeFile(place.pid, String(server.pid))
  const deadline = Date.now() + startPatienceMs
  while (!failure && Date.now() < deadline) {
    const connected = await connect()
    if (connected !== null) return connected
    await delay(pollMs)
  }
  throw failure ?? stopped(place)
}

/** A server that was started a moment ago by a process that did not live to see it listen. */
async function waitForOrphan<T>(place: RedisPlace, connect: () => Promise<T | null>): Promise<T | null> {
  const deadline = Date.now() + orphanPatienceMs
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

const stopped = ({ log }: RedisPlace): ParallaxError =>
  new ParallaxError(
    'E_QUEUE_DOWN',
    `The private Redis did not start. The last lines of its log ${log} say why.`,
  )

function cannotSpawn(program: string, cause: Error): ParallaxError {
  const message =
    `Parallax needs redis-server, and "${program}" could not be started. ` +
    'Install it with `apt-get install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS), ' +
    'or set PARALLAX_REDIS_URL to a Redis that runs elsewhere.'
  return new ParallaxError('E_QUEUE_DOWN', message, { cause })
}
