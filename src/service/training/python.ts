import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ParallaxError } from '../../core/errors.ts'

/** The folder of what is written in Python: sources run from src/service/training, the package from dist/src/service/training. */
const trainingFolder = fileURLToPath(
  new URL(extname(import.meta.url) === '.ts' ? '../../../training/' : '../../../../training/', import.meta.url),
)

/** What is imported to see whether an environment has it. */
const needed = ['torch', 'onnx', 'faker', 'numpy']

const requirements = 'requirements-tune.txt'

/** Where `parallax train --set-up` makes its environment. */
const environmentIn = (home: string): string => join(home, 'training')

const pythonIn = (environment: string): string => join(environment, 'bin', 'python')

/** Of a program that was run: its status, null where it could not be started, and the end of what it said. */
interface Run {
  readonly status: number | null
  readonly said: string
}

const mostSaid = 4000

function run(
  program: string,
  args: readonly string[],
  { signal, onLine }: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: trainingFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    })
    let said = ''
    createInterface({ input: child.stdout }).on('line', (line) => onLine?.(line))
    child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-mostSaid)))
    child.on('error', (error) => {
      if (signal?.aborted) reject(signal.reason as Error)
      else resolve({ status: null, said: error.message })
    })
    child.on('close', (status) => resolve({ status, said }))
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? ''

/** Whether a Python has all that training needs; null where it does not start. */
async function missingFor(python: string): Promise<readonly string[] | null> {
  const program = `import importlib.util as u, sys; print(*[n for n in sys.argv[1:] if u.find_spec(n) is None])`
  let answer = ''
  const { status } = await run(python, ['-c', program, ...needed], { onLine: (line) => (answer += line) })
  return status === 0 ? answer.split(' ').filter((name) => name !== '') : null
}

const setUpHint = 'parallax train --set-up makes an environment that has it'

/**
 * The Python to train with: the one that is set, that of the data folder, or that of a checkout. E_ENGINE says what is missing and what helps.
 */
export async function findPython(home: string, set: string | undefined): Promise<string> {
  if (!existsSync(join(trainingFolder, 'parallax_training', 'document', 'tune.py')))
    throw new ParallaxError('E_ENGINE', 'This installation of Parallax has no training/ folder: install the whole package.')
  const places = [pythonIn(environmentIn(home)), pythonIn(join(trainingFolder, '.venv'))]
  const python = set ?? places.find((place) => existsSync(place))
  if (python === undefined)
    throw new ParallaxError('E_ENGINE', `Training needs Python with PyTorch: ${setUpHint}, once.`)
  const missing = await missingFor(python)
  if (missing === null)
    throw new ParallaxError('E_ENGINE', `The Python of training, ${python}, does not start: ${setUpHint}.`)
  if (missing.length === 0) return python
  throw new ParallaxError(
    'E_ENGINE',
    `The Python of training, ${python}, has no ${missing.join(', ')}: ${setUpHint}.`,
  )
}

/** Python's packages of PyTorch come without those for graphics cards from here. */
const torchIndex = 'https://download.pytorch.org/whl/cpu'

/** Makes the environment of the data folder, or completes it; answers its Python. E_ENGINE says what helps where it cannot be made. */
export async function setUpPython(home: string, say: (line: string) => void): Promise<string> {
  const environment = environmentIn(home)
  const python = pythonIn(environment)
  say(`Making a Python environment in ${environment} …`)
  const made = await run('python3', ['-m', 'venv', environment])
  if (made.status === null)
    throw new ParallaxError('E_ENGINE', 'There is no python3: install Python 3.11 or newer with its module venv.')
  if (made.status !== 0)
    throw new ParallaxError('E_ENGINE', `python3 could not make ${environment} (${lastLine(made.said)}): is its module venv installed?`)
  const recent = await run(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'])
  if (recent.status !== 0) throw new ParallaxError('E_ENGINE', 'python3 is older than 3.11: install a newer one.')
  say('Installing PyTorch and what else training needs, about 300 MB …')
  const options = ['--disable-pip-version-check', '--quiet', '--extra-index-url', torchIndex]
  const pip = ['-m', 'pip', 'install', ...options, '--requirement', join(trainingFolder, requirements)]
  const installed = await run(python, pip)
  if (installed.status === 0) return findPython(home, python)
  throw new ParallaxError(
    'E_ENGINE',
    `pip could not install ${requirements} (${lastLine(installed.said)}): is its index within reach?`,
  )
}

/** Runs a module of `parallax_training`, line by line of what it prints; E_ENGINE where it fails. */
export async function runTraining(
  python: string,
  args: readonly string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { status, said } = await run(python, ['-B', '-u', '-m', ...args], { onLine, ...(signal && { signal }) })
  if (status === 0) return
  throw new ParallaxError('E_ENGINE', `Training failed: ${lastLine(said) || `Python ended with status ${status}`}.`)
}
