import { Command } from 'commander'
import { version } from '../app/package.ts'
import { auditCommand } from './audit.ts'
import { batchCommand } from './batch.ts'
import { calibrateCommand } from './calibrate.ts'
import { certifyCommand } from './certify.ts'
import { deleteCommand } from './delete.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { extractCommand } from './extract.ts'
import { jobsCommand } from './jobs.ts'
import { keysCommand } from './keys.ts'
import { metricsCommand } from './metrics.ts'
import { reportCommand } from './report.ts'
import { reviewCommand } from './review.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'
import { templateCommand } from './template.ts'
import { workerCommand } from './worker.ts'

/** The command line: every command with its options. Calls that it cannot parse throw a `CommanderError`. */
export function createProgram(): Command {
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
