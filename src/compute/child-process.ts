import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ParallaxError } from '../core/errors.ts'
import { causeOfDeath } from './cause-of-death.ts'
import { nodeArgs } from './entry.ts'
import { createOutputTail } from './output-tail.ts'

export interface ChildOptions {
  /** The file that calls `serveTasks`. */
  readonly entry: URL
  /** Most megabytes of resident memory for the child and all that it starts. */
  readonly memoryLimitMb: number
  /** The child's whole environment, beside what keeps native engines to one thread and to themselves. */
  readonly env?: Readonly<Record<string, string>>
  /** Options for Node, for example `--max-old-space-size=512`. */
  readonly execArgv?: readonly string[]
}

/** A running child that leads a process group of its own. */
export interface Child {
  readonly process: ChildProcess
  /** Resolves with the reason when the child has ended, and whatever it had started with it. */
  readonly ended: Promise<ParallaxError>
  /** Ends the whole group at once. */
  kill(): void
  /** Keeps this process from ending while the child lives. */
  ref(): void
  /** Lets this process end although the child lives. */
  unref(): void
}

export function startChild(options: ChildOptions): Child {
  const child = forkChild(options)
  const streams = [child.stdout, child.stderr] as [Socket, Socket]
  const handles = () => [child, child.channel, ...streams]
  return {
    process: child,
    ended: end(child, createOutputTail(streams), options.memoryLimitMb),
    kill: () => {
      // Once it has been waited for, its number may belong to another process.
      if (child.exitCode === null && child.signalCode === null) killGroup(child)
    },
    ref: () => handles().forEach((handle) => handle?.ref()),
    unref: () => handles().forEach((handle) => handle?.unref()),
  }
}

const mallocBytes = String(2 ** 28)
/**
 * Networks ask for large blocks again and again. By default glibc gives each back to the system, which clears it anew: of
 * finding the lines of a page a quarter of the time. Other systems do not know these variables.
 */
const keepingFreedMemory = { MALLOC_MMAP_THRESHOLD_: mallocBytes, MALLOC_TRIM_THRESHOLD_: mallocBytes }

function forkChild({ entry, memoryLimitMb, env, execArgv = [] }: ChildOptions): ChildProcess {
  return fork(fileURLToPath(entry), [String(process.pid), String(memoryLimitMb)], {
    detached: true,
    serialization: 'advanced',
    // Our own standard output carries results: nothing a child prints may get there.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { OMP_THREAD_LIMIT: '1', ORT_DISABLE_TELEMETRY: '1', ...keepingFreedMemory, ...env },
    execArgv: [...nodeArgs(entry), ...execArgv],
  })
}

async function end(child: ChildProcess, output: () => string, memoryLimitMb: number): Promise<ParallaxError> {
  const outcome = await exit(child)
  // What the child had started would live on.
  killGroup(child)
  const reason =
    outcome instanceof Error
      ? new ParallaxError('E_CRASHED', `The process for the work could not be started: ${outcome.message}.`)
      : causeOfDeath({ ...outcome, output: await lastWords(child, output), memoryLimitMb })
  child.stdout?.destroy()
  child.stderr?.destroy()
  return reason
}

interface Exit {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

function exit(child: ChildProcess): Promise<Exit | Error> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    // Without a pid it never ran; otherwise its channel broke, and its exit says more.
    child.on('error', (error) => (child.pid === undefined ? resolve(error) : killGroup(child)))
  })
}

/** The exit may be known before all output has been read; what has left the group may hold the pipes for ever. */
async function lastWords(child: ChildProcess, output: () => string): Promise<string> {
  await Promise.race([new Promise((resolve) => child.once('close', resolve)), delay(200)])
  return output()
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** macOS answers EPERM for a group of which only zombies are left. */
const isGone = (error: unknown): boolean =>
  ['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
