import { describe } from 'vitest'
import { testCallbacks } from './callbacks.case.ts'
import { testDeletion } from './deletion.case.ts'
import { testKeys } from './keys.case.ts'
import type { OpenLedger } from './ledger.case.ts'
import { testListing } from './listing.case.ts'
import { testReviewQueue } from './review-queue.case.ts'
import { testReview } from './review.case.ts'
import { testSubmission } from './submission.case.ts'
import { testSubmitAll } from './submit-all.case.ts'
import { testTurns } from './turns.case.ts'
import { testWork } from './work.case.ts'

/** What every `Ledger` must do. */
export function testLedgerContract(open: OpenLedger): void {
  describe('a ledger', () => {
    describe('of batches and lists', () => testListing(open))
    describe('of submissions', () => testSubmission(open))
    describe('of whole batches', () => testSubmitAll(open))
    describe('of work', () => testWork(open))
    describe('of turns', () => testTurns(open))
    describe('of corrections', () => testReview(open))
    describe('of what waits for review', () => testReviewQueue(open))
    describe('forgets', () => testDeletion(open))
    describe('of keys', () => testKeys(open))
    describe('of callbacks', () => testCallbacks(open))
  })
}
