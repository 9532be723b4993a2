import { resolve } from 'node:path'
import type { Command } from 'commander'
import { backUp, type MadeBackup } from '../app/backup.ts'
import { readConfig } from '../config.ts'
import { pcOfErrors } from './colors.ts'
import { plural, printable } from './text.ts'

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

function* warnings({ manifest, places, missing, damaged, elsewhere, others }: MadeBackup): Iterable<string> {
  if (manifest.ledger === null)
    yield `The ledger is in ${places.ledger} and is not in this backup: back it up with pg_dump, before each parallax backup.`
  for (const setting of elsewhere) yield `Not in this backup: the folder of ${setting}. Copy it yourself.`
  for (const path of others) yield `Not in this backup, since it is neither file nor folder: ${path}.`
  if (missing.length + damaged.length > 0)
    yield `${plural(missing.length, 'stored file')} missing and ${damaged.length} damaged in ${places.blobs}: parallax doctor --data --deep names the documents.`
}

/** Lost or damaged documents set the exit code: the backup has all the rest. */
async function run(folder: string, { force = false }: { readonly force?: boolean }): Promise<void> {
  const made = await backUp(readConfig(), resolve(folder), force)
  const { manifest, copied } = made
  const { count } = manifest.blobs
  process.stdout.write(
    `Backed up ${plural(sum(manifest.jobs), 'job')}, ${plural(count, 'stored file')} (${copied} new) and ${plural(manifest.files.length, 'other file')} into ${folder}.\n`,
  )
  for (const sentence of warnings(made))
    process.stderr.write(`${pcOfErrors.yellow('parallax:')} ${printable(sentence)}\n`)
  if (made.missing.length + made.damaged.length > 0) process.exitCode = 1
}

export function backupCommand(program: Command): void {
  program
    .command('backup <folder>')
    .description(
      'copy the ledger, the stored files and the rest of the data folder, also while a service runs',
    )
    .option('--force', 'replace the backup of another ledger')
    .action(run)
}
