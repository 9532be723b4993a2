import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeArgs } from '../src/compute/entry.ts'
import { toEnvironment, type Config } from '../src/config.ts'

export interface RunningService extends AsyncDisposable {
  readonly url: string
}

const sources = new URL('../src/cli/main.ts', import.meta.url)

/** More than any run asks for, so that nothing is refused for being too much. */
const noLimits = { PARALLAX_RATE: '1000000000', PARALLAX_MAX_QUEUED: '2000000000' }

/** `parallax serve` as a process of its own at a free port of this machine, without workers. */
export async function startService(config: Config, entry: URL = sources): Promise<RunningService> {
  const args = ['serve', '--host', '127.0.0.1', '--port', '0', '--workers', '0']
  const child = spawn(process.execPath, [...nodeArgs(entry), fileURLToPath(entry), ...args], {
    env: { ...toEnvironment(config), ...noLimits },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Parallax is at (http:\S+)/.exec(line)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    return {
      url,
      async [Symbol.asyncDispose]() {
        if (child.exitCode !== null) return
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      },
    }
  }
  throw new Error('parallax serve ended before it listened.')
}
