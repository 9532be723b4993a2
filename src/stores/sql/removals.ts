import { newJobId } from '../job-id.ts'
import type { Database, Tx } from '../ledger-tables.ts'

/** Anything else in this column is damage. */
const isDigest = (blob: string): boolean => /^[0-9a-f]{64}$/.test(blob)

/** Writes down what a deletion leaves to be done: these bytes are to go, and the files of the ledger to be written anew. */
export async function owe(tx: Tx, blobs: readonly string[]): Promise<void> {
  for (const blob of blobs.filter(isDigest))
    await tx
      .insertInto('removals')
      .values({ blob })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const asked = newJobId()
  await tx
    .insertInto('compactions')
    .values({ id: 1, asked })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ asked }))
    .execute()
}

export async function removals(db: Database, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('removals').select('blob').orderBy('blob').limit(limit).execute()
  return rows.map(({ blob }) => blob).filter(isDigest)
}

export async function needs(db: Database, blob: string): Promise<boolean> {
  const user = await db
    .selectFrom('works')
    .select('key')
    .where((e) => e.or([e('blob', '=', blob), e('templates', '=', blob)]))
    .limit(1)
    .executeTakeFirst()
  return user !== undefined
}

export async function removeBlob(tx: Tx, blob: string, remove: () => Promise<void>): Promise<boolean> {
  const isNeeded = await needs(tx, blob)
  if (!isNeeded) await remove()
  await tx.deleteFrom('removals').where('blob', '=', blob).execute()
  return !isNeeded
}

/** What a compaction that begins now will have done; null for nothing. */
export async function owedCompaction(db: Database): Promise<string | null> {
  const row = await db.selectFrom('compactions').select('asked').executeTakeFirst()
  return row?.asked ?? null
}

/** Unless more was deleted meanwhile. */
export async function strikeCompaction(tx: Tx, asked: string): Promise<void> {
  await tx.deleteFrom('compactions').where('asked', '=', asked).execute()
}

/** Hexadecimal digits stand before this letter. */
const afterHex = 'g'

/** The digests of what works need that begin with these digits. */
export async function neededBlobs(db: Database, prefix: string): Promise<string[]> {
  const within = (column: 'blob' | 'templates') =>
    db
      .selectFrom('works')
      .select(`${column} as blob`)
      .distinct()
      .where(column, '>=', prefix)
      .where(column, '<', `${prefix}${afterHex}`)
      .execute()
  const found = [...(await within('blob')), ...(await within('templates'))]
  return found.flatMap(({ blob }) => (blob !== null && isDigest(blob) ? blob : []))
}

/** Jobs of whose work this blob is a part, by id. */
export async function jobsWith(db: Database, blob: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('jobs')
    .innerJoin('works', 'works.key', 'jobs.key')
    .select('jobs.id')
    .where((e) => e.or([e('works.blob', '=', blob), e('works.templates', '=', blob)]))
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
