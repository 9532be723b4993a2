import { resolve } from 'node:path'
import type { Command } from 'commander'
import { checkBackup, restore } from '../app/backup.ts'
import { readConfig } from '../config.ts'
import type { Verified } from '../service/backup/verify-backup.ts'
import { pc, pcOfErrors } from './colors.ts'
import { plural, printable } from './text.ts'

interface RestoreOptions {
  readonly check?: boolean
  readonly force?: boolean
}

const contentsOf = ({ manifest, blobs, files }: Verified): string => {
  const jobs = Object.values(manifest.jobs).reduce((total, count) => total + count, 0)
  const ledger = manifest.ledger === null ? '' : `${plural(jobs, 'job')}, `
  return `${ledger}${plural(blobs.length, 'stored file')} and ${plural(files.length, 'other file')}`
}

async function check(folder: string): Promise<void> {
  const verified = await checkBackup(resolve(folder))
  const { damaged, manifest } = verified
  for (const sentence of damaged) process.stdout.write(`${pc.red('✗')} ${printable(sentence)}\n`)
  process.stdout.write(
    damaged.length === 0
      ? `The backup of ${manifest.madeAt} is sound: ${contentsOf(verified)}.\n`
      : `${plural(damaged.length, 'thing')} in the backup of ${manifest.madeAt} cannot be restored. Where the data folder still has them, remove what is damaged and run parallax backup again.\n`,
  )
  if (damaged.length > 0) process.exitCode = 1
}

async function run(folder: string, options: RestoreOptions): Promise<void> {
  if (options.check === true) return check(folder)
  const config = readConfig()
  const verified = await restore(config, resolve(folder), options.force ?? false)
  for (const sentence of verified.damaged)
    process.stderr.write(`${pcOfErrors.yellow('parallax:')} Not restored: ${printable(sentence)}\n`)
  process.stdout.write(
    `Restored ${contentsOf(verified)} of ${verified.manifest.madeAt} into ${config.home}.\n`,
  )
  if (verified.damaged.length > 0) process.exitCode = 1
}

export function restoreCommand(program: Command): void {
  program
    .command('restore <folder>')
    .description('put a backup into an empty data folder, after holding all of it against its hashes')
    .option('--check', 'only say whether the backup is sound')
    .option('--force', 'restore what is sound of a damaged backup')
    .action(run)
}
