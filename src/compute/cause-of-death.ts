import { ParallaxError } from '../core/errors.ts'
import { memorySignal } from './protocol.ts'

/** How a process that nobody killed on purpose came to its end. */
export interface Death {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The last it printed. */
  readonly output: string
  readonly memoryLimitMb: number
}

// What V8 and C++ say when an allocation fails within the limit, for example in a small JavaScript heap.
const outOfMemory = /heap out of memory|std::bad_alloc/

/** Why a process died: `E_MEMORY` when it held too much, otherwise `E_CRASHED` with its signal or exit code. */
export function causeOfDeath(death: Death): ParallaxError {
  if (death.signal === memorySignal || outOfMemory.test(death.output))
    return tooMuchMemory(death.memoryLimitMb)
  const lastWords = lastError(death.output)
  return new ParallaxError(
    'E_CRASHED',
    `The process that did the work ${end(death)} before it was done${lastWords ? `: ${lastWords}` : '.'}`,
  )
}

const tooMuchMemory = (limitMb: number): ParallaxError =>
  new ParallaxError(
    'E_MEMORY',
    `The work needed more than the ${limitMb} MB of memory it may have. A smaller image or fewer pages help.`,
  )

function end({ exitCode, signal }: Death): string {
  if (signal === null) return `ended with exit code ${exitCode}`
  if (signal === 'SIGKILL')
    return 'was killed from outside (SIGKILL), perhaps because the machine ran out of memory,'
  return `crashed (${signal})`
}

const lastError = (output: string): string | undefined =>
  output
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => /error|fatal|assert|cannot/i.test(line) && !line.startsWith('at '))
    ?.slice(0, 300)
