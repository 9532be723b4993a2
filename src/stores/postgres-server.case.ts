import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

/** Debian keeps the programs of each version in a folder that is not on the PATH. */
const debian = '/usr/lib/postgresql'

/** The folder with the programs of the server, the newest first; null where it is not installed. */
function programs(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  )
}

const bin = programs()

/** PostgreSQL does not run as root: it is somebody else then. */
function somebody(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return { uid: process.getuid!(), gid: process.getgid!() }
  const found = spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' })
  const uid = Number(found.stdout)
  return found.status === 0 && uid > 0 ? { uid, gid: uid } : null
}

const user = somebody()

/** Why no test can use a PostgreSQL here; null where one can. */
export const noPostgres: string | null =
  bin === null
    ? 'PostgreSQL is not installed: apt-get install postgresql'
    : user === null
      ? 'PostgreSQL does not run as root, and there is no user nobody'
      : null

/** A server of its own, on a socket in a folder of its own, whose superuser `boss` needs no password. */
export interface PostgresServer extends AsyncDisposable {
  /** The URL of a database, as somebody. */
  url(database: string, as?: string, options?: Readonly<Record<string, string>>): string
  /** Runs statements as `boss`, outside of a transaction; answers the rows of the last one. */
  sql(text: string, database?: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  start(settings?: Readonly<Record<string, string>>): Promise<void>
}

/** Makes and starts a server; for tests where `noPostgres` is null. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parallax-postgres-'))
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  for (const path of [folder, data]) chownSync(path, user!.uid, user!.gid)
  execFileSync(
    join(bin!, 'initdb'),
    ['--pgdata', data, '--username=boss', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user!, cwd: folder, stdio: 'pipe' },
  )
  const url = (database: string, as = 'boss', options: Readonly<Record<string, string>> = {}): string =>
    `postgres://${as}@${encodeURIComponent(folder)}/${database}?${new URLSearchParams(options).toString()}`

  async function sql(text: string, database = 'postgres') {
    const client = new Client({ connectionString: url(database) })
    await client.connect()
    try {
      const results = [await client.query<Record<string, unknown>>(text)].flat()
      return results.at(-1)!.rows
    } finally {
      await client.end()
    }
  }

  let running: ChildProcess | undefined
  const log = join(folder, 'log')

  async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const given = { listen_addresses: '', unix_socket_directories: folder, ...settings }
    const options = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    running = spawn(
      'sh',
      ['-c', `exec "$0" "$@" 2>>'${log}'`, join(bin!, 'postgres'), '-D', data, ...options],
      {
        ...user!,
        cwd: folder,
        stdio: 'ignore',
      },
    )
    for (;;) {
      if (running.exitCode !== null) throw new Error(await readFile(log, 'utf8'))
      const isReady = await sql('select 1').then(
        () => true,
        () => false,
      )
      if (isReady) return
      await delay(20)
    }
  }

  async function stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    if (running === undefined) return
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
    running = undefined
  }

  await start()
  return {
    url,
    sql,
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGQUIT')
      await rm(folder, { recursive: true })
    },
  }
}
