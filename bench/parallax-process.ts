import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { nodeArgs } from '../src/compute/entry.ts'
import { toEnvironment, type Config } from '../src/config.ts'

export interface RunningParallax {
  readonly pid: number
  /** Seconds from start to end; rejects when it ended with anything but success. */
  readonly ended: Promise<number>
}

const sources = new URL('../src/cli/main.ts', import.meta.url)

/** The command-line program as a process of its own, as people run it. */
export function startParallax(
  config: Config,
  args: readonly string[],
  entry: URL = sources,
): RunningParallax {
  const started = performance.now()
  const child = spawn(process.execPath, [...nodeArgs(entry), fileURLToPath(entry), ...args], {
    env: toEnvironment(config),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = Promise.all([once(child, 'exit'), text(child.stderr)]).then(([[status], stderr]) => {
    if (status === 0) return (performance.now() - started) / 1000
    throw new Error(`parallax ${args[0] ?? ''} ended with status ${status}: ${stderr.trim()}`)
  })
  return { pid: child.pid!, ended }
}

/** Gives `use` a data folder that is gone afterwards. */
export async function inTemporaryHome<T>(config: Config, use: (config: Config) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'parallax-bench-'))
  try {
    return await use({ ...config, home })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
