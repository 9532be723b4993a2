import { expect, it } from 'vitest'
import type { Death } from './cause-of-death.ts'
import { causeOfDeath } from './cause-of-death.ts'

const death: Death = { exitCode: null, signal: null, output: '', memoryLimitMb: 1500 }

const stack = [
  '/app/read.js:7',
  "    throw new TypeError('no such page')",
  '    ^',
  '',
  'TypeError: no such page',
  '    at readError (/app/read.js:7:11)',
  '',
  'Node.js v20.20.2',
].join('\n')

it.each<[string, Partial<Death>, string, string]>([
  ['its own watchdog', { signal: 'SIGUSR2' }, 'E_MEMORY', 'more than the 1500 MB'],
  [
    'a full JavaScript heap',
    { signal: 'SIGABRT', output: 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n' },
    'E_MEMORY',
    'more than the 1500 MB',
  ],
  [
    'a full C++ heap',
    { signal: 'SIGABRT', output: "terminate called after throwing an instance of 'std::bad_alloc'" },
    'E_MEMORY',
    'more than the 1500 MB',
  ],
  ['a signal', { signal: 'SIGSEGV' }, 'E_CRASHED', 'work crashed (SIGSEGV) before it was done.'],
  [
    'somebody else',
    { signal: 'SIGKILL' },
    'E_CRASHED',
    'killed from outside (SIGKILL), perhaps because the machine',
  ],
  ['its own exit', { exitCode: 0 }, 'E_CRASHED', 'work ended with exit code 0 before it was done.'],
  [
    'an exception',
    { exitCode: 1, output: stack },
    'E_CRASHED',
    'exit code 1 before it was done: TypeError: no such page',
  ],
  ['noise', { exitCode: 1, output: 'loading\nready\n' }, 'E_CRASHED', 'exit code 1 before it was done.'],
])('a death by %s', (_, by, code, words) => {
  const error = causeOfDeath({ ...death, ...by })
  expect(error.code).toBe(code)
  expect(error.message).toContain(words)
})
