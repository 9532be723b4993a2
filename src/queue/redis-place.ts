import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ParallaxError } from '../core/errors.ts'

/** Where a private Redis keeps its things. */
export interface RedisPlace {
  readonly folder: string
  readonly socket: string
  readonly lock: string
  readonly pid: string
  readonly log: string
}

/** macOS allows 103 bytes in the path of a unix socket, Linux 107. */
const longestSocketPath = 103

/** Makes `<home>/redis`, which only its owner can enter; the socket moves to the system's temporary folder when its path would be too long. */
export async function prepareRedisPlace(home: string): Promise<RedisPlace> {
  const folder = join(home, 'redis')
  await makePrivate(folder)
  return {
    folder,
    socket: await socketPath(folder),
    lock: join(folder, 'lock'),
    pid: join(folder, 'redis.pid'),
    log: join(folder, 'redis.log'),
  }
}

async function socketPath(folder: string): Promise<string> {
  const near = join(folder, 'redis.sock')
  if (Buffer.byteLength(near) <= longestSocketPath) return near
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const short = join(tmpdir(), `parallax-${name}`)
  await makePrivate(short)
  return join(short, 'redis.sock')
}

/** Refuses a folder that somebody else has made, as anybody could in the temporary folder. */
async function makePrivate(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { uid } = await lstat(folder)
    if (uid !== process.getuid?.()) throw new Error('it belongs to another user')
    await chmod(folder, 0o700)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const message = `The folder ${folder} cannot be used: ${why}. Move away what is there, or choose another data folder with PARALLAX_HOME.`
    throw new ParallaxError('E_STORAGE', message, { cause: error })
  }
}
