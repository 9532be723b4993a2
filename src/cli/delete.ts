import { InvalidArgumentError, type Command } from 'commander'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import {
  deleteBatch,
  deleteEndedBefore,
  deleteJob,
  finishDeletions,
  type Records,
} from '../service/deletion/delete.ts'
import { daysAgo } from '../service/deletion/retention.ts'
import { plural } from './text.ts'

interface DeleteOptions {
  readonly batch?: string
  /** Days. */
  readonly olderThan?: number
}

const daysIn: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7 }

function ageOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const days = daysIn[unit]
  if (count !== undefined && days !== undefined) return Number(count) * days
  throw new InvalidArgumentError('It must be a number of hours, days or weeks, such as 12h, 90d or 4w.')
}

async function deleteJobs(records: Records, ids: readonly string[]): Promise<number> {
  for (const id of ids) {
    if (await deleteJob(records, id)) continue
    throw new ParallaxError('E_NOT_FOUND', `There is no job ${id}.`)
  }
  return ids.length
}

async function deleteAllOf(records: Records, batch: string): Promise<number> {
  if (!(await records.store.batch(batch)))
    throw new ParallaxError('E_NOT_FOUND', `There is no batch ${batch}.`)
  return deleteBatch(records, batch)
}

function deleteChosen(records: Records, ids: readonly string[], options: DeleteOptions): Promise<number> {
  const { batch, olderThan } = options
  const ways = [ids.length > 0, batch !== undefined, olderThan !== undefined].filter(Boolean).length
  if (ways !== 1)
    throw new ParallaxError('E_BAD_REQUEST', 'Give either jobs, or --batch, or --older-than: one of them.')
  if (batch !== undefined) return deleteAllOf(records, batch)
  return olderThan === undefined ? deleteJobs(records, ids) : deleteEndedBefore(records, daysAgo(olderThan))
}

async function run(ids: readonly string[], options: DeleteOptions): Promise<void> {
  await using records = await openRecords(readConfig())
  const deleted = await deleteChosen(records, ids, options).finally(() => finishDeletions(records))
  process.stdout.write(`${plural(deleted, 'document')} deleted, with all that came of them.\n`)
}

export function deleteCommand(program: Command): void {
  program
    .command('delete [jobs...]')
    .description('delete documents, what was read and what was corrected, for good')
    .option('--batch <id>', 'all of a batch')
    .option('--older-than <age>', 'all that ended longer ago than 12h, 90d or 4w', ageOf)
    .action(run)
}
