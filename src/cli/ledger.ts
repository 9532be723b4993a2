import type { Command } from 'commander'
import { moveToPostgres } from '../app/move-ledger.ts'
import { readConfig } from '../config.ts'
import { plural } from './text.ts'

interface MoveOptions {
  readonly from?: string
  readonly to: string
}

async function move({
  from = null,
  to,
}: {
  readonly from?: string | null
  readonly to: string
}): Promise<void> {
  const file = await moveToPostgres(readConfig(), {
    from,
    to,
    onTable: (table, { rows, sha256 }) =>
      process.stdout.write(
        `${table.padEnd(12)}${plural(rows, 'row').padStart(12)}  ${sha256.slice(0, 16)}\n`,
      ),
  })
  process.stdout.write(
    `The ledger is moved, and every table holds what it held. Set PARALLAX_DATABASE_URL to it, start again, and then remove ${file}.\n`,
  )
}

export function ledgerCommand(program: Command): void {
  const ledger = program.command('ledger').description('where jobs and results are kept')
  ledger
    .command('move')
    .description('move the ledger from SQLite to an empty PostgreSQL, while nothing works with it')
    .option(
      '--from <folder>',
      'its data folder, or sqlite:///srv/ledger.sqlite (default: what the settings name)',
    )
    .requiredOption('--to <url>', 'postgres://user@host:5432/database; the password may stand in PGPASSWORD')
    .action((options: MoveOptions) => move(options))
}
