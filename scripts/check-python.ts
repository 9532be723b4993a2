import { spawnSync } from 'node:child_process'
import { failing, runTests, type Tested } from './run-check.ts'
import { countJUnit } from './test-counts.ts'

/** Written for a machine where nothing is installed, and so without types. */
const module = './python.mjs'
const { checker, hasChecker, training } = (await import(module)) as {
  checker: string
  hasChecker: () => boolean
  training: string
}

const inPython = (python: string, ...args: readonly string[]) => ({ program: python, args, cwd: training })

/** What the tests of the networks need beside what the check installs. */
const forNetworks = ['pytest', 'torch', 'onnx', 'onnxruntime', 'onnxscript', 'faker']

/** The environment in which networks are trained, where there is one: all tests run there. */
function pythonOfTests(): string {
  const trainer = `${training}.venv/bin/python`
  const program = `import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))`
  return spawnSync(trainer, ['-c', program, ...forNetworks]).status === 0 ? trainer : checker
}

/** Lint, types and tests of `training/`; each counts as skipped where Python's tools could not be installed. */
export function checkPython(): Tested {
  if (!hasChecker()) {
    process.stdout.write(
      'Python: lint, types and tests are skipped, because training/.venv-check does not hold what requirements-check.txt asks for. ' +
        'npm test makes it where there are Python 3.11, pip and an index.\n',
    )
    return { counts: { passed: 0, failed: 0, skipped: 3 }, failed: [] }
  }
  const lint = failing('python lint', inPython(checker, '-m', 'ruff', 'check', '--quiet'))
  const types = failing('python types', inPython(checker, '-m', 'mypy', '--no-error-summary'))
  const options = ['-m', 'pytest', '-q', '-rs']
  const commandFor = (report: string) => inPython(pythonOfTests(), ...options, `--junitxml=${report}`)
  const { counts, failed } = runTests('python tests', commandFor, countJUnit)
  return { counts, failed: [...lint, ...types, ...failed] }
}
