/** Everything that must hold before a change is shared: types, lint, layers, tests. The last line counts the tests. */
import { checkPython } from './check-python.ts'
import { failing, runTests, type Command } from './run-check.ts'
import { countTests, sumCounts, vitestReportSchema } from './test-counts.ts'

const script = (name: string): string[] => failing(name, { program: 'npm', args: ['run', '--silent', name] })

function vitest(report: string): Command {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { program: 'vitest', args: ['run', '--allowOnly=false', ...reporters, ...process.argv.slice(2)] }
}

const checks = ['typecheck', 'lint:code', 'lint:format', 'lint:layers', 'lint:unused'].flatMap(script)
const python = checkPython()
const tests = runTests('tests', vitest, (report) => countTests(vitestReportSchema.parse(JSON.parse(report))))
const counts = sumCounts([python.counts, tests.counts])
const ranNothing = tests.counts.passed + tests.counts.failed === 0 ? ['no test ran'] : []
const failures = [...checks, ...python.failed, ...tests.failed, ...ranNothing]
if (failures.length > 0) process.stdout.write(`Failed: ${failures.join(', ')}\n`)
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
process.exitCode = failures.length > 0 || counts.failed > 0 ? 1 : 0
