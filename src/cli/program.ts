import { Command } from 'commander'
import { version } from '../app/package.ts'

type AddCommand = (program: Command) => void

/** In the order of the help; each is loaded where it is called, as all together take far longer than one. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  extract: async () => (await import('./extract.ts')).extractCommand,
  batch: async () => (await import('./batch.ts')).batchCommand,
  watch: async () => (await import('./watch.ts')).watchCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  jobs: async () => (await import('./jobs.ts')).jobsCommand,
  review: async () => (await import('./review.ts')).reviewCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  delete: async () => (await import('./delete.ts')).deleteCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  ledger: async () => (await import('./ledger.ts')).ledgerCommand,
  score: async () => (await import('./score.ts')).scoreCommand,
  metrics: async () => (await import('./metrics.ts')).metricsCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  calibrate: async () => (await import('./calibrate.ts')).calibrateCommand,
  train: async () => (await import('./train.ts')).trainCommand,
  certify: async () => (await import('./certify.ts')).certifyCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  schema: async () => (await import('./schema.ts')).schemaCommand,
  types: async () => (await import('./types.ts')).typesCommand,
  template: async () => (await import('./template.ts')).templateCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
}

/** What speaks of every command. */
const ofAll = 'completion'

/** The commands to load for what stands first in a call: for another word than a command's name all, which help lists. */
function neededFor(called: string | undefined): readonly (() => Promise<AddCommand>)[] {
  if (called === '--version' || called === '-V') return []
  const known = Object.entries(commands).filter(([name]) => name === called && name !== ofAll)
  return (known.length > 0 ? known : Object.entries(commands)).map(([, load]) => load)
}

/**
 * The command line with its options: the command that is `called` alone, or every command where there is none of this
 * name. Calls that it cannot parse throw a `CommanderError`.
 */
export async function createProgram(called?: string): Promise<Command> {
  const program = new Command('parallax')
    .description('Turns batches of scanned documents into schema-validated JSON, on this machine.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(parallax --help lists the commands)')
    .configureHelp({ showGlobalOptions: false })
  for (const add of await Promise.all(neededFor(called).map((load) => load()))) add(program)
  return program
}
