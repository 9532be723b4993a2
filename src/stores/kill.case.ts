import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { builtChild } from '../compute/built-child.case.ts'

/** Runs a `NAME.child.ts` until some time (ms) after its first line, and answers the lines it has said before it was killed. */
export async function killAfter(
  file: string,
  args: readonly string[],
  ms: number,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [builtChild(file), ...args])
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (lines.push(line) === 1) void delay(ms).then(() => child.kill('SIGKILL'))
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return lines
}
