import { execFile, type ChildProcess, type ExecFileException } from 'node:child_process'
import { promisify } from 'node:util'
import { ParallaxError } from '../../src/core/errors.ts'

const run = promisify(execFile)

/** Tesseract as a program that is started for one file as submitted. */
export interface TesseractRun {
  readonly process: ChildProcess
  /** What it printed; null when it could not read the file. Rejects with E_ENGINE when there is no such program. */
  readonly text: Promise<string | null>
}

/** Mode 6, one block of text: of 3, 4, 6 and 11 the one with which most fields came out right, on 60 training receipts. */
const args = ['stdout', '--psm', '6', '-l', 'eng']

export function plainTesseract(file: string, env: Readonly<Record<string, string>>): TesseractRun {
  const running = run('tesseract', [file, ...args], { env: { ...env, OMP_THREAD_LIMIT: '1' } })
  return { process: running.child, text: running.then(({ stdout }) => stdout, explain) }
}

function explain(error: ExecFileException): null {
  if (typeof error.code === 'number') return null
  const message = 'The comparison needs the Tesseract program: apt-get install tesseract-ocr.'
  throw new ParallaxError('E_ENGINE', message, { cause: error })
}
