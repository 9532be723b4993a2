import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noTests, type TestCounts } from './test-counts.ts'

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd?: string
}

export interface Tested {
  readonly counts: TestCounts
  /** The names of what failed. */
  readonly failed: readonly string[]
}

/** Runs a check in sight; its name when it failed. */
export function failing(name: string, { program, args, cwd }: Command): string[] {
  process.stdout.write(`${name} …\n`)
  return spawnSync(program, args, { cwd, stdio: 'inherit' }).status === 0 ? [] : [name]
}

/** Runs tests that write a report to a file, and counts them; nothing is counted where they wrote none. */
export function runTests(
  name: string,
  commandFor: (report: string) => Command,
  count: (report: string) => TestCounts,
): Tested {
  const folder = mkdtempSync(join(tmpdir(), 'parallax-check-'))
  const file = join(folder, 'report')
  try {
    const failed = failing(name, commandFor(file))
    return { counts: existsSync(file) ? count(readFileSync(file, 'utf8')) : noTests, failed }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
