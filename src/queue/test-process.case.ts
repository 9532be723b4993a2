import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { builtChild } from '../compute/built-child.case.ts'

/** A `NAME.child.ts` of this folder running as a process of its own; for tests. */
export interface TestProcess {
  readonly child: ChildProcess
  /** The next line that it prints; rejects when it ends instead. */
  line(): Promise<string>
  /** Tells it to end, and waits for that. */
  end(): Promise<void>
  kill(): Promise<void>
}

export function startTestProcess(file: string, ...args: readonly string[]): TestProcess {
  const child = spawn(process.execPath, [builtChild(join(import.meta.dirname, file)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = once(child, 'exit')
  return {
    child,
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`${file} ended`)
      return next.value
    },
    async end() {
      child.stdin.end()
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Resolves with the first answer of `look` that is neither null nor false. */
export async function eventually<T>(look: () => Promise<T | null | false>): Promise<T> {
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== false) return seen
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
