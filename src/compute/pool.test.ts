import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { nodeArgs } from './entry.ts'
import type { Pool, PoolOptions } from './pool.ts'
import { createPool } from './pool.ts'

const entry = new URL('pool.child.case.ts', import.meta.url)
const parentEntry = new URL('pool.parent.case.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'pool-'))
const hasProc = existsSync('/proc/self/status')

const intervals = z.array(z.object({ pid: z.int(), start: z.number(), end: z.number() }))
const family = z.object({ child: z.int(), grandchild: z.int() })

const defaults: PoolOptions = { entry, size: 1, memoryLimitMb: 1000, deadlineMs: 30_000 }
/** Goes through every test that needs no options of its own, whatever the tests before did to its child. */
const pool = createPool(defaults)
const opened: Pool[] = []

function open(options: Partial<PoolOptions>): Pool {
  const own = createPool({ ...defaults, ...options })
  opened.push(own)
  return own
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((own) => own.close()))
})

afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const pidOf = async (of = pool): Promise<number> => z.int().parse(await of.run('pid', null))

function lives(pid: number): boolean {
  // A zombie still has a number, and answers to signals.
  if (hasProc) return status(pid) !== '' && !/^State:\s+Z/m.test(status(pid))
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function status(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

const isDead = (pid: number) =>
  vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 3000, interval: 20 })

describe('results', () => {
  it('hands data over and back', async () => {
    const data = { words: ['a', null, 1.5], image: new Uint8Array([1, 2, 255]), at: new Date(0) }
    expect(await pool.run('echo', data)).toEqual(data)
  })

  it('keeps a child warm', async () => {
    expect(await pidOf()).toBe(await pidOf())
  })

  it('gives children no more of the environment than it is told', async () => {
    const env = z
      .record(z.string(), z.string())
      .parse(await open({ env: { LANG: 'C' } }).run('environment', null))
    expect(env).toEqual({
      LANG: 'C',
      OMP_THREAD_LIMIT: '1',
      ORT_DISABLE_TELEMETRY: '1',
      MALLOC_MMAP_THRESHOLD_: '268435456',
      MALLOC_TRIM_THRESHOLD_: '268435456',
    })
  })

  it('does many tasks in few children, never more at a time than its size', async () => {
    const own = open({ size: 2 })
    const done = intervals.parse(await Promise.all(Array.from({ length: 50 }, () => own.run('wait', 20))))
    const together = done.map(
      ({ start }) => done.filter((other) => other.start <= start && start < other.end).length,
    )
    expect(new Set(done.map(({ pid }) => pid)).size).toBe(2)
    expect(Math.max(...together)).toBe(2)
  })
})

describe('errors of a task', () => {
  it.each([
    ['refuse', { code: 'E_CORRUPT', message: 'The image is damaged.' }],
    ['fail', { code: 'E_INTERNAL', message: 'Unexpected error: x is not a function' }],
    ['throwUncloneable', { code: 'E_INTERNAL', message: 'Unexpected error: a thing with a method' }],
    ['answerUncloneable', { code: 'E_INTERNAL', message: expect.stringContaining('could not be cloned') }],
    ['constructor', { code: 'E_INTERNAL', message: 'There is no task named "constructor".' }],
  ])('%s: arrives with its code, and the child goes on', async (task, error) => {
    const child = await pidOf()
    await expect(pool.run(task, null)).rejects.toMatchObject(error)
    expect(await pidOf()).toBe(child)
  })

  it('names the place in the child where an unexpected error was thrown', async () => {
    await expect(pool.run('fail', null)).rejects.toHaveProperty(
      'stack',
      expect.stringContaining('pool.child.case'),
    )
  })

  it('refuses a payload that cannot be cloned', async () => {
    const payload = { callback: () => 1 }
    await expect(pool.run('echo', payload)).rejects.toMatchObject({
      code: 'E_INTERNAL',
      message: expect.stringContaining('The payload of "echo" cannot pass'),
    })
    expect(await pool.run('echo', 'next')).toBe('next')
  })

  it('refuses a result above 64 MB', async () => {
    await expect(pool.run('answerMegabytes', 65)).rejects.toMatchObject({ code: 'E_OUTPUT_TOO_LARGE' })
    expect(await pool.run('answerMegabytes', 63)).toHaveLength(63 * 2 ** 20)
  })
})

describe('deadline', () => {
  it('ends a task that blocks its process, and the next task gets a new one', async () => {
    const child = await pidOf()
    await expect(pool.run('spin', 1_000_000, { deadlineMs: 300 })).rejects.toMatchObject({
      code: 'E_TIMEOUT',
      message: expect.stringContaining('took longer than 0.3 s'),
    })
    expect(lives(child)).toBe(false)
    expect(await pidOf()).not.toBe(child)
  })

  it('does not count the start of a child', async () => {
    expect(await open({ deadlineMs: 100 }).run('echo', 1)).toBe(1)
  })

  it('can be extended by the task before it blocks', async () => {
    expect(await open({ deadlineMs: 500 }).run('extendAndSpin', 1000)).toBe('done')
  })

  it.each([
    ['extends its deadline for ever', 'extendForEver', null],
    ['blocks its process behind a long deadline', 'extendAndSpin', 1_000_000],
    ['waits', 'wait', 1_000_000],
  ])('ends a task at its allowance that %s', async (_, task, payload) => {
    const error = new ParallaxError('E_TIMEOUT', 'All that it may take is over.')
    const own = open({ deadlineMs: 30_000 })
    await expect(own.run(task, payload, { allowance: { ms: 300, error } })).rejects.toBe(error)
    expect(await own.run('echo', 'next', { allowance: { ms: 30_000, error } })).toBe('next')
  })

  it('an allowance ends with its task', async () => {
    const error = new ParallaxError('E_TIMEOUT', 'All that it may take is over.')
    const child = await pidOf()
    expect(await pool.run('echo', 1, { allowance: { ms: 150, error } })).toBe(1)
    expect(await pool.run('wait', 400)).toMatchObject({ pid: child })
  })

  it('is not touched by a task that goes on after its answer', async () => {
    const child = await pool.run('extendTooLate', null)
    expect(await pool.run('wait', 200)).toMatchObject({ pid: child })
  })
})

describe('memory', () => {
  it.runIf(hasProc)('stops a task near the cap and leaves the parent alone', async () => {
    const own = open({ memoryLimitMb: 600 })
    const child = await pidOf(own)
    const before = process.memoryUsage.rss()
    let peak = 0
    const sampling = setInterval(() => {
      peak = Math.max(peak, Number(/VmRSS:\s+(\d+)/.exec(status(child))?.[1] ?? 0) / 1024)
    }, 10)
    await expect(own.run('allocate', 3000)).rejects.toMatchObject({ code: 'E_MEMORY' })
    clearInterval(sampling)
    expect(peak).toBeGreaterThan(300)
    expect(peak).toBeLessThan(1.5 * 600)
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20)
    expect(await own.run('echo', 'next')).toBe('next')
  })

  it.runIf(hasProc)('counts what the child has started', async () => {
    await expect(open({ memoryLimitMb: 400 }).run('allocateInGrandchild', 3000)).rejects.toMatchObject({
      code: 'E_MEMORY',
      message: expect.stringContaining('400 MB'),
    })
  })

  it('knows a full JavaScript heap', async () => {
    const own = open({ execArgv: ['--max-old-space-size=64'] })
    await expect(own.run('fillHeap', null)).rejects.toMatchObject({ code: 'E_MEMORY' })
  })
})

describe('death of a child', () => {
  it.each([
    ['abort', null, 'crashed (SIGABRT)'],
    ['segfault', null, 'crashed (SIGSEGV)'],
    ['exit', 0, 'ended with exit code 0'],
    ['exit', 3, 'ended with exit code 3'],
    ['throwLater', null, 'ended with exit code 1 before it was done: RangeError: thrown behind the task'],
  ])('%s %s: is told, and the next task gets a new child', async (task, payload, words) => {
    await expect(pool.run(task, payload)).rejects.toMatchObject({
      code: 'E_CRASHED',
      message: expect.stringContaining(words),
    })
    expect(await pool.run('echo', 'next')).toBe('next')
  })

  it('between two tasks harms nobody', async () => {
    const child = await pidOf()
    process.kill(child, 'SIGKILL')
    await isDead(child)
    await vi.waitFor(async () => expect(await pidOf()).not.toBe(child), { timeout: 30_000 })
  })

  it('takes what it has started along', async () => {
    const file = join(folder, 'orphan')
    await expect(pool.run('startSleeperAndExit', file)).rejects.toMatchObject({ code: 'E_CRASHED' })
    await isDead(Number(readFileSync(file, 'utf8')))
  })

  it('is told when it could not even start', async () => {
    const own = open({ entry: new URL('nowhere.ts', import.meta.url) })
    await expect(own.run('echo', 1)).rejects.toMatchObject({
      code: 'E_CRASHED',
      message: expect.stringContaining('Cannot find module'),
    })
  })

  it('follows a message that is not one of ours', async () => {
    await expect(pool.run('misspeak', null)).rejects.toMatchObject({ code: 'E_INTERNAL' })
    expect(await pool.run('echo', 'next')).toBe('next')
  })
})

describe('recycling', () => {
  it('replaces a child after its number of tasks', async () => {
    const own = open({ recycleAfterTasks: 2 })
    const pids = [await pidOf(own), await pidOf(own), await pidOf(own), await pidOf(own)]
    expect(pids[0]).toBe(pids[1])
    expect(pids[2]).toBe(pids[3])
    expect(pids[1]).not.toBe(pids[2])
    expect(lives(z.int().parse(pids[0]))).toBe(false)
  })

  it('replaces a child that has grown', async () => {
    const own = open({ recycleAboveMb: 300 })
    const { pid } = z.object({ pid: z.int() }).parse(await own.run('hold', 400))
    expect(await pidOf(own)).not.toBe(pid)
  })
})

describe('abort', () => {
  it('ends a running task and its process with the reason of the signal', async () => {
    const child = await pidOf()
    const controller = new AbortController()
    const marked = join(folder, 'marked')
    const running = pool.run('markAndSpin', marked, { signal: controller.signal })
    void vi
      .waitUntil(() => existsSync(marked), { timeout: 10_000 })
      .then(() => controller.abort('no longer wanted'))
    await expect(running).rejects.toBe('no longer wanted')
    expect(lives(child)).toBe(false)
    expect(await pool.run('echo', 'next')).toBe('next')
  })

  it('takes a task out of the queue, and the others keep their turn', async () => {
    const controller = new AbortController()
    const first = pool.run('echo', 1)
    const second = pool.run('echo', 2, { signal: controller.signal })
    const third = pool.run('echo', 3)
    controller.abort('no longer wanted')
    await expect(second).rejects.toBe('no longer wanted')
    expect(await Promise.all([first, third])).toEqual([1, 3])
  })

  it('starts nothing for a signal that has aborted before', async () => {
    const signal = AbortSignal.abort('never wanted')
    await expect(pool.run('echo', 1, { signal })).rejects.toBe('never wanted')
  })
})

describe('close', () => {
  it('ends children, running and waiting tasks, and refuses new ones', async () => {
    const own = open({})
    const { child, grandchild } = family.parse(await own.run('startSleeper', null))
    const outcomes = Promise.allSettled([own.run('spin', 1_000_000), own.run('echo', 1), own.run('echo', 2)])
    await own.close()
    const closed = { status: 'rejected', reason: expect.objectContaining({ code: 'E_BUSY' }) }
    expect(await outcomes).toEqual([closed, closed, closed])
    expect(lives(child)).toBe(false)
    await isDead(grandchild)
    await expect(own.run('echo', 3)).rejects.toMatchObject({ code: 'E_BUSY' })
  })

  it('needs no child to have been started', async () => {
    await expect(open({}).close()).resolves.toBeUndefined()
  })
})

describe('parent', () => {
  const start = (...args: string[]) =>
    spawn(process.execPath, [...nodeArgs(parentEntry), fileURLToPath(parentEntry), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: '/',
    })

  it('takes a spinning child and what that has started along when it is killed', async () => {
    const spinning = join(folder, 'spinning')
    const parent = start('spin', spinning)
    const [line] = await once(parent.stdout, 'data')
    const { child, grandchild } = family.parse(JSON.parse(String(line)))
    await vi.waitUntil(() => existsSync(spinning), { timeout: 10_000 })
    expect([child, grandchild].map(lives)).toEqual([true, true])
    parent.kill('SIGKILL')
    await Promise.all([isDead(child), isDead(grandchild)])
  })

  it('ends by itself when its pool is idle, with nothing of the children in its output or alive', async () => {
    const parent = start('idle')
    const [output, [exitCode]] = await Promise.all([text(parent.stdout), once(parent, 'exit')])
    const { child, grandchild } = family.parse(JSON.parse(output))
    expect(exitCode).toBe(0)
    await Promise.all([isDead(child), isDead(grandchild)])
  })
})
