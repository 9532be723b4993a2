import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { nodeArgs, startThread } from './entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'entry-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, code: string): URL {
  writeFileSync(join(folder, name), code)
  return pathToFileURL(join(folder, name))
}

it.each([
  ['built.js', 'console.log(6 * 7)'],
  ['source.ts', 'const n: number = 6 * 7; console.log(n)'],
])('nodeArgs: %s runs as a process from any directory', (name, code) => {
  const entry = write(name, code)
  const args = [...nodeArgs(entry), join(folder, name)]
  expect(execFileSync(process.execPath, args, { cwd: '/', encoding: 'utf8' })).toBe('42\n')
})

it('gives built files to Node as they are', () => {
  expect(nodeArgs(new URL('file:///built.js'))).toEqual([])
})

it.each([
  [
    'built.mjs',
    "import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(workerData + 1)",
  ],
  [
    'source.ts',
    "import { parentPort, workerData } from 'node:worker_threads'; parentPort!.postMessage(workerData + 1)",
  ],
])('startThread: %s runs as a thread', async (name, code) => {
  const thread = startThread(write(name, code), { workerData: 41 })
  expect(await once(thread, 'message')).toEqual([42])
  await thread.terminate()
})
