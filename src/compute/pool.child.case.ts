/**
 * A child with a task for every way in which work can end; the pool's tests run it.
 * @module
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { serveTasks } from './child.ts'

/** Memory that a task leaves behind. */
let held: Buffer

const megabytes = z.int()
const milliseconds = z.int()

const spin = (ms: number): void => {
  const end = Date.now() + ms
  while (Date.now() < end);
}

/** Fills memory 10 MB at a time without ever giving the event loop a turn. */
function allocate(mb: number): number {
  const held: Buffer[] = []
  while (held.length * 10 < mb) held.push(Buffer.alloc(10 * 2 ** 20, 1))
  return held.length * 10
}

/** The pid of a process that outlives its maker. */
function startSleeper(): number | undefined {
  const sleeper = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' })
  sleeper.unref()
  return sleeper.pid
}

await serveTasks({
  echo: async (payload) => payload,
  pid: async () => process.pid,
  environment: async () => ({ ...process.env }),
  wait: async (ms) => {
    const start = Date.now()
    await delay(milliseconds.parse(ms))
    return { pid: process.pid, start, end: Date.now() }
  },
  print: async (text) => process.stdout.write(z.string().parse(text)),
  refuse: async () => {
    throw new ParallaxError('E_CORRUPT', 'The image is damaged.')
  },
  fail: async () => {
    throw new TypeError('x is not a function')
  },
  throwUncloneable: async () => {
    throw { toString: () => 'a thing with a method' }
  },
  answerUncloneable: async () => () => 1,
  answerMegabytes: async (mb) => new Uint8Array(megabytes.parse(mb) * 2 ** 20),
  spin: async (ms) => spin(milliseconds.parse(ms)),
  markAndSpin: async (file) => {
    writeFileSync(z.string().parse(file), '')
    spin(1_000_000)
  },
  extendAndSpin: async (ms, { extendDeadline }) => {
    extendDeadline(2 * milliseconds.parse(ms))
    spin(milliseconds.parse(ms))
    return 'done'
  },
  extendForEver: async (_, { extendDeadline }) => {
    for (;;) {
      extendDeadline(10_000)
      await delay(20)
    }
  },
  extendTooLate: async (_, { extendDeadline }) => {
    setTimeout(extendDeadline, 20, 1)
    return process.pid
  },
  allocate: async (mb) => allocate(megabytes.parse(mb)),
  hold: async (mb) => {
    held = Buffer.alloc(megabytes.parse(mb) * 2 ** 20, 1)
    return { pid: process.pid, held: held.length }
  },
  fillHeap: async () => {
    const rows: object[] = []
    for (;;) rows.push({ id: rows.length })
  },
  allocateInGrandchild: async (mb) => {
    const code = `const held = Buffer.alloc(${megabytes.parse(mb)} * 2 ** 20, 1); setInterval(() => held, 1000)`
    spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
    return delay(60_000)
  },
  abort: async () => process.abort(),
  segfault: async () => process.kill(process.pid, 'SIGSEGV'),
  exit: async (code) => process.exit(z.int().parse(code)),
  throwLater: async () => {
    setTimeout(() => {
      throw new RangeError('thrown behind the task')
    })
    return delay(60_000)
  },
  misspeak: async () => {
    process.send?.({ type: 'hello' })
    return delay(60_000)
  },
  startSleeper: async () => ({ child: process.pid, grandchild: startSleeper() }),
  startSleeperAndExit: async (file) => {
    writeFileSync(z.string().parse(file), String(startSleeper()))
    process.exit(0)
  },
})
