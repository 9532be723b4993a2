#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import pc from 'picocolors'
import { version } from '../app.ts'
import { ParallaxError } from '../core/errors.ts'
import { batchCommand } from './batch.ts'
import { doctorCommand } from './doctor.ts'
import { extractCommand } from './extract.ts'
import { jobsCommand } from './jobs.ts'
import { reviewCommand } from './review.ts'
import { scoreCommand } from './score.ts'

function createProgram(): Command {
  const program = new Command('parallax')
    .description('Turns batches of scanned documents into schema-validated JSON, on this machine.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(parallax --help lists the commands)')
    .configureHelp({ showGlobalOptions: false })
  for (const add of [extractCommand, batchCommand, jobsCommand, reviewCommand, scoreCommand, doctorCommand])
    add(program)
  return program
}

/** 2 is a bad call; commander's own refusals, and errors that were thrown on purpose before any document was read. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ParallaxError) {
    process.stderr.write(`${pc.red('parallax:')} ${error.message} (${error.code})\n`)
    return 2
  }
  process.stderr.write(
    `${pc.red('parallax:')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 2
}

// A reader that closes early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}
