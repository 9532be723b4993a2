import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { openAll } from '../compute/open-all.ts'
import type { Config } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { isInUse } from '../service/health/in-use.ts'
import { moveLedger, type LedgerMove } from '../stores/move-ledger.ts'
import { ledgerFileOf } from '../stores/open-ledger.ts'
import { openMoveTarget } from '../stores/postgres.ts'
import { postgresPlace } from '../stores/open-postgres.ts'
import { birthOfSqlite } from '../stores/sqlite-copy.ts'
import { openMoveSource } from '../stores/sqlite.ts'

export interface MoveRequest {
  /** A data folder, or a URL that begins with sqlite:; null for the ledger of the settings. */
  readonly from: string | null
  /** A URL that begins with postgres:. */
  readonly to: string
  readonly onTable: LedgerMove['onTable']
}

/** How long is waited for whoever keeps a ledger busy. */
const busyMs = 5_000

const wrong = (message: string): ParallaxError => new ParallaxError('E_BAD_REQUEST', message)

async function fileToMove(from: string | null, { home, databaseUrl }: Config): Promise<string> {
  const isUrl = from !== null && /^[a-z]+:/i.test(from)
  const file =
    from === null || isUrl
      ? await ledgerFileOf(from ?? databaseUrl, home)
      : await ledgerFileOf('sqlite:ledger.sqlite', resolve(from))
  if (file === null) throw wrong('Only a ledger in SQLite can be moved. Name its data folder with --from.')
  if (!(await stat(file).catch(() => null))?.isFile())
    throw new ParallaxError('E_NOT_FOUND', `There is no ledger ${file}.`)
  return file
}

/** Moves a ledger from SQLite to PostgreSQL; answers the file that it was in, which stays as it is. */
export async function moveToPostgres(config: Config, { from, to, onTable }: MoveRequest): Promise<string> {
  const file = await fileToMove(from, config)
  if (!/^postgres(ql)?:/i.test(to)) throw wrong('--to has to begin with postgres: or postgresql:.')
  const place = postgresPlace({ setting: '--to', url: to, home: config.home })
  if (await isInUse(dirname(file)))
    throw new ParallaxError(
      'E_CONFLICT',
      `The ledger ${file} is in use. Stop everything that works with it first.`,
    )
  await using move = await openAll(async (use) => {
    const source = await openMoveSource(file, busyMs)
    use({ [Symbol.asyncDispose]: () => source.destroy() })
    const target = await openMoveTarget({ connectionString: to }, place, busyMs)
    use({ [Symbol.asyncDispose]: () => target.destroy() })
    return { from: source, to: target }
  })
  await moveLedger({ ...move, identity: birthOfSqlite(file), place, ...(onTable ? { onTable } : {}) })
  return file
}
