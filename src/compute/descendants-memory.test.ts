import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { descendantsMemory } from './descendants-memory.ts'
import { hasProc } from './proc.ts'

const megabytes = 100

/** A process that another one starts, which says when it has its memory. */
const grandchild = `Buffer.alloc(${megabytes}e6, 1); process.stdout.write('here'); setTimeout(() => {}, 60_000)`
const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`globalThis.kept = ${grandchild}`)}], { stdio: ['ignore', 'inherit', 'ignore'] })`

test.skipIf(!hasProc())('counts what those have that were started by those that were started', async () => {
  const before = descendantsMemory()!
  const started = spawn(process.execPath, ['-e', child], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  try {
    await once(started.stdout, 'data')
    expect(descendantsMemory()! - before).toBeGreaterThan(megabytes * 1e6)
  } finally {
    process.kill(-started.pid!, 'SIGKILL')
  }
})
