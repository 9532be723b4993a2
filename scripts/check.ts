/** Everything that must hold before a change is shared: types, lint, layers, tests. The last line counts the tests. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTests, vitestReportSchema, type TestCounts } from './test-counts.ts'

/** The check's name when it failed. */
function failing(name: string, program: string, args: readonly string[]): string[] {
  process.stdout.write(`${name} …\n`)
  return spawnSync(program, args, { stdio: 'inherit' }).status === 0 ? [] : [name]
}

const script = (name: string): string[] => failing(name, 'npm', ['run', '--silent', name])

const none: TestCounts = { passed: 0, failed: 0, skipped: 0 }

function runTests(filters: readonly string[]): { counts: TestCounts; failed: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'parallax-check-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const failed = failing('tests', 'vitest', ['run', '--allowOnly=false', ...reporters, ...filters])
    if (!existsSync(file)) return { counts: none, failed }
    return { counts: countTests(vitestReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))), failed }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const checks = ['typecheck', 'lint:code', 'lint:format', 'lint:layers'].flatMap(script)
const { counts, failed } = runTests(process.argv.slice(2))
const ranNothing = counts.passed + counts.failed === 0 ? ['no test ran'] : []
const failures = [...checks, ...failed, ...ranNothing]
if (failures.length > 0) process.stdout.write(`Failed: ${failures.join(', ')}\n`)
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
process.exitCode = failures.length > 0 || counts.failed > 0 ? 1 : 0
