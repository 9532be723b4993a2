import type { Ledger } from '../core/ledger.ts'
import { groupedSubmissions } from './grouped-submissions.ts'
import type { Database, Tx } from './ledger-tables.ts'
import { batch, batches, openBatch } from './sql/batches.ts'
import { sqlCallbacks } from './sql/callbacks.ts'
import { correct, corrections } from './sql/corrections.ts'
import { deleteJob, endedBefore } from './sql/deletion.ts'
import { cancel, retry } from './sql/ending.ts'
import { sqlKeys } from './sql/keys.ts'
import { counts, get, list } from './sql/listing.ts'
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
import { closeReview, holdReview, reviewQueue, skipReview } from './sql/review-queue.ts'
import { submitGroup } from './sql/submit-group.ts'
import { submit } from './sql/submit.ts'
import { abandoned, countQueued, turns } from './sql/turns.ts'
import { lease, recordCrash, finish, release, renew, reprocess, result, work } from './sql/work.ts'

/** What a database needs to be told to keep nothing of what was deleted in its files. */
export interface Erasing {
  /** After every deletion; quick. */
  readonly wipe: () => Promise<void>
  /** See `JobStore`. */
  readonly compact: () => Promise<void>
}

/**
 * The ledger in any SQL database whose tables `migrate` made; its errors are those of the database's driver. Every write is
 * a transaction, be it of one statement: it is at the beginning of one that SQLite can wait for others.
 */
export function sqlLedger(db: Database, erasing: Erasing): Ledger {
  const transact = inTransactions(db)
  return {
    openBatch: (id, details) => transact((tx) => openBatch(tx, id, details)),
    batch: (id) => batch(db, id),
    batches: (filter) => batches(db, filter),
    submit: (batchId, position, file, work) => transact((tx) => submit(tx, batchId, position, file, work)),
    submitAll: groupedSubmissions((group) => transact((tx) => submitGroup(tx, group))),
    get: (id) => get(db, id),
    list: (filter) => list(db, filter),
    counts: (scope = {}) => counts(db, scope),
    lease: (key, abandonedBefore) => transact((tx) => lease(tx, key, abandonedBefore)),
    renew: (key, token) => transact((tx) => renew(tx, key, token)),
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
    closeReview: (id, status, by, revision) => transact((tx) => closeReview(tx, id, status, by, revision)),
    reviewQueue: (filter) => reviewQueue(db, filter),
    holdReview: (by, until, filter) => transact((tx) => holdReview(tx, by, until, filter)),
    skipReview: (id, by) => transact((tx) => skipReview(tx, id, by)),
    ...forgetting(db, erasing),
    damaged: () => damaged(db),
    hasDamagedWork: () => hasDamagedWork(db),
    mend: (row) => transact((tx) => mend(tx, row)),
    keys: sqlKeys(db),
    callbacks: sqlCallbacks(db),
    close: () => db.destroy(),
  }
}

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

const inTransactions =
  (db: Database): Transact =>
  (work) =>
    db.transaction().execute(work)

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
function forgetting(db: Database, { wipe, compact }: Erasing): Forgetting {
  const transact = inTransactions(db)
  return {
    async delete(id) {
      const deleted = await transact((tx) => deleteJob(tx, id))
      if (deleted) await wipe()
      return deleted
    },
    needs: (blob) => needs(db, blob),
    endedBefore: (before, limit) => endedBefore(db, before, limit),
    removals: (limit) => removals(db, limit),
    removeBlob: (blob, remove) => transact((tx) => removeBlob(tx, blob, remove)),
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
