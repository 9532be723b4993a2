#!/usr/bin/env node
import { CommanderError } from 'commander'
import { unknownVariables } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { pcOfErrors } from './colors.ts'
import { Interrupted, interruptedStatus } from './interrupt.ts'
import { createProgram } from './program.ts'
import { isClosedPipe, unwritable } from './row-writer.ts'
import { printable } from './text.ts'

/** What went wrong first, where closing things after it went wrong as well. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error
    ? firstOf(error.suppressed)
    : error

/** 2 is a bad call: commander's own refusals, and errors that were thrown on purpose before any document was read. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (isClosedPipe(error)) return 0
  const [text, status] =
    error instanceof Interrupted
      ? [error.message, interruptedStatus]
      : error instanceof ParallaxError
        ? [`${printable(error.message)} (${error.code})`, 2]
        : [error instanceof Error ? (error.stack ?? error.message) : String(error), 2]
  process.stderr.write(`${pcOfErrors.red('parallax:')} ${text}\n`)
  return status
}

function end(error: unknown): void {
  process.exitCode ??= explain(firstOf(error))
}

// Writes that nobody waits for fail here only.
process.stdout.on('error', (error) => end(isClosedPipe(error) ? error : unwritable('standard output', error)))
process.stderr.on('error', () => {})

for (const sentence of unknownVariables())
  process.stderr.write(`${pcOfErrors.yellow('parallax:')} ${printable(sentence)}\n`)

try {
  const program = await createProgram(process.argv[2])
  await program.parseAsync()
} catch (error) {
  end(error)
}
