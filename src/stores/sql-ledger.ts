import type { Ledger } from '../core/ledger.ts'
import type { Work } from '../core/jobs.ts'
import { groupedSubmissions } from './grouped-submissions.ts'
import type { Database, Tx } from './ledger-tables.ts'
import type { RowPages } from './row-pages.ts'
import { batch, batches, openBatch } from './sql/batches.ts'
import { sqlCallbacks } from './sql/callbacks.ts'
import { correct, corrections } from './sql/corrections.ts'
import { closeReview, decisions, reopenReview } from './sql/decisions.ts'
import { deleteJob, endedBefore } from './sql/deletion.ts'
import { cancel, retry } from './sql/ending.ts'
import { sqlKeys } from './sql/keys.ts'
import { counts, get, list, oldestQueued, storedAt } from './sql/listing.ts'
import { damaged, hasDamagedWork, mend } from './sql/damaged.ts'
import {
  jobsWith,
  neededBlobs,
  needs,
  owedCompaction,
  removals,
  removeBlob,
  strikeCompaction,
} from './sql/removals.ts'
import { holdReview, reviewQueue, skipReview } from './sql/review-queue.ts'
import { submitGroup } from './sql/submit-group.ts'
import { submit } from './sql/submit.ts'
import { abandoned, countQueued, turns } from './sql/turns.ts'
import { transactions, type Transact } from './transact.ts'
import { lease, recordCrash, finish, release, renew, reprocess, result, retype, work } from './sql/work.ts'

/** What databases differ in, beside their dialects of SQL. */
export interface Variant {
  /** All rows of a table, some at a time. */
  readonly pages: RowPages
  /** Whether a transaction failed because it met another one. */
  readonly isRaced: (error: unknown) => boolean
  /**
   * Until the transaction ends, nobody else submits this work, or removes its blobs; nothing to be done where only one transaction
   * writes at a time, as in the next.
   */
  readonly holdToSubmit: (tx: Tx, works: readonly Work[]) => Promise<void>
  /** Until the transaction ends, nobody submits work that needs the blob. */
  readonly holdToRemove: (tx: Tx, blob: string) => Promise<void>
  /** Quickly, after every deletion: has the database keep nothing of it in its files, as far as that can be had. */
  readonly wipe: () => Promise<void>
  /** See `JobStore`. */
  readonly compact: () => Promise<void>
}

/** The ledger in any SQL database whose tables `migrate` made; its errors are those of the database's driver. */
export function sqlLedger(db: Database, variant: Variant): Ledger {
  const transact = transactions(db, variant.isRaced)
  const { pages } = variant
  return {
    openBatch: (id, details) => transact((tx) => openBatch(tx, id, details)),
    batch: (id) => batch(db, id),
    batches: (filter) => batches(db, filter),
    ...submitting(transact, variant),
    get: (id) => get(db, id),
    list: (filter) => list(db, filter),
    counts: (scope = {}) => counts(db, scope),
    storedAt: (keys) => storedAt(db, keys),
    oldestQueued: (tenant) => oldestQueued(db, tenant),
    lease: (key, abandonedBefore) => transact((tx) => lease(tx, key, abandonedBefore)),
    renew: (key, token) => transact((tx) => renew(tx, key, token)),
    retype: (key, token, told) => transact((tx) => retype(tx, key, token, told)),
    reprocess: (key, token, attempts) => transact((tx) => reprocess(tx, key, token, attempts)),
    release: (key, token) => transact((tx) => release(tx, key, token)),
    recordCrash: (key) => transact((tx) => recordCrash(tx, key)),
    finish: (key, token, status, result, reviewPriority) =>
      transact((tx) => finish(tx, key, token, status, result, reviewPriority)),
    result: (key) => result(db, key),
    work: (key) => work(db, key),
    turns: (limit) => turns(db, limit),
    abandoned: (before, limit) => abandoned(db, before, limit),
    countQueued: (tenant) => countQueued(db, tenant),
    cancel: (id) => transact((tx) => cancel(tx, id)),
    retry: (id) => transact((tx) => retry(tx, id)),
    correct: (corrections, revision) => transact((tx) => correct(tx, corrections, revision)),
    corrections: (jobId) => corrections(db, jobId),
    closeReview: (id, ending, revision) => transact((tx) => closeReview(tx, id, ending, revision)),
    reopenReview: (id, by, until) => transact((tx) => reopenReview(tx, id, by, until)),
    decisions: (jobId) => decisions(db, jobId),
    reviewQueue: (filter) => reviewQueue(db, filter),
    holdReview: (by, until, filter) => transact((tx) => holdReview(tx, by, until, filter)),
    skipReview: (id, by) => transact((tx) => skipReview(tx, id, by)),
    ...forgetting(db, transact, variant),
    damaged: () => damaged(db, pages),
    hasDamagedWork: () => hasDamagedWork(db, pages),
    mend: (row) => transact((tx) => mend(tx, row)),
    keys: sqlKeys(db, transact),
    callbacks: sqlCallbacks(transact),
    close: () => db.destroy(),
  }
}

function submitting(
  transact: Transact,
  { holdToSubmit, isRaced }: Variant,
): Pick<Ledger, 'submit' | 'submitAll'> {
  return {
    submit: (batchId, position, file, work) =>
      transact(async (tx) => {
        await holdToSubmit(tx, [work])
        return submit(tx, batchId, position, file, work)
      }),
    submitAll: groupedSubmissions((group) =>
      transact(async (tx) => {
        const works = group.flatMap(({ files }) => files.map(({ work }) => work))
        await holdToSubmit(tx, works)
        return submitGroup(tx, group, isRaced)
      }),
    ),
  }
}

type Forgetting = Pick<
  Ledger,
  | 'delete'
  | 'endedBefore'
  | 'needs'
  | 'neededBlobs'
  | 'jobsWith'
  | 'removals'
  | 'removeBlob'
  | 'isCompactionOwed'
  | 'compact'
>

/** Deleting, and what it leaves to be done. */
function forgetting(db: Database, transact: Transact, { wipe, compact, holdToRemove }: Variant): Forgetting {
  return {
    async delete(id) {
      const deleted = await transact((tx) => deleteJob(tx, id))
      if (deleted) await wipe()
      return deleted
    },
    needs: (blob) => needs(db, blob),
    endedBefore: (before, limit) => endedBefore(db, before, limit),
    removals: (limit) => removals(db, limit),
    removeBlob: (blob, remove) =>
      transact(async (tx) => {
        await holdToRemove(tx, blob)
        return removeBlob(tx, blob, remove)
      }),
    neededBlobs: (prefix) => neededBlobs(db, prefix),
    jobsWith: (blob, limit) => jobsWith(db, blob, limit),
    isCompactionOwed: async () => (await owedCompaction(db)) !== null,
    async compact() {
      const asked = await owedCompaction(db)
      await compact()
      if (asked !== null) await transact((tx) => strikeCompaction(tx, asked))
    },
  }
}
