import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = ['dist/src/cli/main.js']

export const sample = (name: string): string =>
  ['page.jpg', 'page.png'].map((file) => join(root, 'samples/receipt', name, file)).find(existsSync)!

/** Where pictures of the page are left to be looked at. */
export const output = join(root, 'test-output')

/** Built as it ships, unless it is. */
export function buildPage(): void {
  const script = "import('./scripts/page.mjs').then((m) => process.exit(m.buildPage() ? 0 : 1))"
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The page cannot be built: ${stderr}`)
}

/** The service as its users start it, in a data folder of its own. */
export interface Served extends AsyncDisposable {
  readonly url: string
  /** Makes a key; from then on the service asks for one. */
  key(name: string, role: string): string
  stop(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
}

async function startProcess(env: NodeJS.ProcessEnv, port: number) {
  const args = [...program, 'serve', '--port', String(port)]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Parallax is at (http:\S+)/.exec(line)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    return { child, url }
  }
  throw new Error(`The service did not start: ${said.join('\n')}`)
}

export async function serve(): Promise<Served> {
  const home = await mkdtemp(join(tmpdir(), 'parallax-page-'))
  const env = { ...process.env, PARALLAX_HOME: home, USER: 'tester' }
  let running = await startProcess(env, 0)
  const { url } = running
  const stop = async (): Promise<void> => {
    if (running.child.exitCode !== null) return
    running.child.kill('SIGINT')
    await once(running.child, 'exit')
  }
  return {
    url,
    key: (name, role) =>
      spawnSync(process.execPath, [...program, 'keys', 'create', name, '--role', role], {
        cwd: root,
        env,
        encoding: 'utf8',
      }).stdout.trim(),
    stop,
    start: async () => {
      running = await startProcess(env, Number(new URL(url).port))
    },
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
