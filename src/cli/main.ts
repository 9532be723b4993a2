#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { version } from '../app.ts'
import { unknownVariables } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { auditCommand } from './audit.ts'
import { batchCommand } from './batch.ts'
import { calibrateCommand } from './calibrate.ts'
import { certifyCommand } from './certify.ts'
import { pcOfErrors } from './colors.ts'
import { deleteCommand } from './delete.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { extractCommand } from './extract.ts'
import { Interrupted, interruptedStatus } from './interrupt.ts'
import { jobsCommand } from './jobs.ts'
import { keysCommand } from './keys.ts'
import { metricsCommand } from './metrics.ts'
import { reportCommand } from './report.ts'
import { reviewCommand } from './review.ts'
import { isClosedPipe, unwritable } from './row-writer.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'
import { templateCommand } from './template.ts'
import { printable } from './text.ts'
import { workerCommand } from './worker.ts'

function createProgram(): Command {
  const program = new Command('parallax')
    .description('Turns batches of scanned documents into schema-validated JSON, on this machine.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(parallax --help lists the commands)')
    .configureHelp({ showGlobalOptions: false })
  for (const add of [
    extractCommand,
    batchCommand,
    serveCommand,
    workerCommand,
    keysCommand,
    jobsCommand,
    reviewCommand,
    exportCommand,
    deleteCommand,
    scoreCommand,
    metricsCommand,
    reportCommand,
    calibrateCommand,
    certifyCommand,
    auditCommand,
    templateCommand,
    doctorCommand,
  ])
    add(program)
  return program
}

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
  process.exitCode ??= explain(error)
}

// Writes that nobody waits for fail here only.
process.stdout.on('error', (error) => end(isClosedPipe(error) ? error : unwritable('standard output', error)))
process.stderr.on('error', () => {})

for (const sentence of unknownVariables())
  process.stderr.write(`${pcOfErrors.yellow('parallax:')} ${printable(sentence)}\n`)

try {
  await createProgram().parseAsync()
} catch (error) {
  end(error)
}
