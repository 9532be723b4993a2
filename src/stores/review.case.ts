import { describe, expect, test } from 'vitest'
import type { Correction } from '../core/jobs.ts'
import { code, earlier, later, testLedger, type OpenLedger } from './ledger.case.ts'

export function testReview(open: OpenLedger): void {
  const ledger = testLedger(open)

  describe('review', () => {
    const correction = (jobId: string, changes: Partial<Correction> = {}): Correction => ({
      jobId,
      field: '/total',
      before: 9,
      after: 9.5,
      by: 'ann',
      at: '2026-01-02T03:04:05.000Z',
      ...changes,
    })

    test('keeps corrections in order and waits to be closed', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      const made = [correction(id), correction(id, { field: '/date', before: null, after: '2018-03-02' })]
      await ledger.store.correct(made)
      await ledger.store.correct([correction(id, { before: 9.5, after: 10 })])
      expect(await ledger.store.corrections(id)).toEqual([
        ...made,
        correction(id, { before: 9.5, after: 10 }),
      ])
      expect(await ledger.statusOf(id)).toBe('needs_review')
      expect(await ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })).toBe(true)
      expect(await ledger.statusOf(id)).toBe('reviewed')
      expect(await ledger.store.closeReview(id, { status: 'rejected', by: 'bob' })).toBe(false)
    })

    test('records all corrections of a call or none', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      await expect(ledger.store.correct([correction(id), correction('unknown')])).rejects.toEqual(
        code('E_NOT_FOUND'),
      )
      expect(await ledger.store.corrections(id)).toEqual([])
      await ledger.store.correct([])
    })

    test('takes no corrections before it is asked for or after it has ended', async () => {
      const { id } = await ledger.submit(0, 'k')
      await expect(ledger.store.correct([correction(id)])).rejects.toEqual(code('E_CONFLICT'))
      await ledger.end('k', 'needs_review')
      await ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })
      await expect(ledger.store.correct([correction(id)])).rejects.toEqual(code('E_CONFLICT'))
      expect(await ledger.store.corrections(id)).toEqual([])
    })

    test('names who ended it', async () => {
      const { id, reviewedBy } = await ledger.submit(0, 'k')
      expect(reviewedBy).toBeNull()
      await ledger.end('k', 'needs_review')
      await ledger.store.closeReview(id, { status: 'rejected', by: 'ann' })
      expect((await ledger.store.get(id))?.reviewedBy).toBe('ann')
      await ledger.store.retry(id)
      expect((await ledger.store.get(id))?.reviewedBy).toBeNull()
    })

    test('is only closed where one was asked for', async () => {
      const { id } = await ledger.submit(0, 'k')
      expect(await ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })).toBe(false)
      expect(await ledger.store.closeReview('unknown', { status: 'reviewed', by: 'ann' })).toBe(false)
    })

    test('takes what was written on a document as it stands, and on no other', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      await ledger.store.correct([correction(id)], 0)
      await expect(ledger.store.correct([correction(id)], 0)).rejects.toEqual(code('E_CONFLICT'))
      await expect(ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' }, 0)).rejects.toEqual(
        code('E_CONFLICT'),
      )
      expect(await ledger.store.corrections(id)).toHaveLength(1)
      expect(await ledger.statusOf(id)).toBe('needs_review')
      await ledger.store.correct([correction(id), correction(id, { field: '/date' })], 1)
      expect(await ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' }, 3)).toBe(true)
    })

    test('has one of several who write at the same time', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      const made = ['ann', 'bob', 'cat'].map((by) => ledger.store.correct([correction(id, { by })], 0))
      const ends = (await Promise.allSettled(made)).map(({ status }) => status)
      expect(ends.toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
      expect(await ledger.store.corrections(id)).toHaveLength(1)
    })

    test('is of whoever holds it, until they no longer do', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      await ledger.store.holdReview('bob', later(), {})
      await expect(ledger.store.correct([correction(id)])).rejects.toEqual(code('E_CONFLICT'))
      await expect(ledger.store.closeReview(id, { status: 'rejected', by: 'ann' })).rejects.toEqual(
        code('E_CONFLICT'),
      )
      await ledger.store.correct([correction(id, { by: 'bob' })])
      await ledger.store.holdReview('bob', earlier(), {})
      await ledger.store.correct([correction(id)])
      expect((await ledger.store.corrections(id)).map(({ by }) => by)).toEqual(['bob', 'ann'])
      expect(await ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })).toBe(true)
    })

    test.each(['rejected', 'cancelled'])('forgets what was corrected of a %s document', async (end) => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      await ledger.store.correct([correction(id)])
      if (end === 'rejected') await ledger.store.closeReview(id, { status: 'rejected', by: 'ann' })
      else await ledger.store.cancel(id)
      expect(await ledger.store.corrections(id)).toHaveLength(1)
      await ledger.store.retry(id)
      await ledger.end('k', 'needs_review')
      expect(await ledger.store.corrections(id)).toEqual([])
      await ledger.store.correct([correction(id)], 0)
      expect(await ledger.store.corrections(id)).toHaveLength(1)
    })

    test('is opened again, with what was corrected, for whoever asked', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      expect(await ledger.store.reopenReview(id, 'ann', later())).toBe(false)
      await ledger.store.correct([correction(id)])
      const rejection = { reason: 'other', note: 'Twice.' } as const
      await ledger.store.closeReview(id, { status: 'rejected', by: 'ann', rejection })
      expect(await ledger.store.get(id)).toMatchObject({ reviewedBy: 'ann', rejection })
      expect(await ledger.store.reopenReview(id, 'bob', later())).toBe(true)
      expect(await ledger.store.get(id)).toMatchObject({
        status: 'needs_review',
        reviewedBy: null,
        rejection: null,
      })
      expect(await ledger.store.corrections(id)).toHaveLength(1)
      await expect(ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })).rejects.toEqual(
        code('E_CONFLICT'),
      )
      await ledger.store.closeReview(id, { status: 'reviewed', by: 'bob' })
      expect(await ledger.store.decisions(id)).toMatchObject([
        { kind: 'rejected', by: 'ann', rejection },
        { kind: 'reopened', by: 'bob', rejection: null },
        { kind: 'reviewed', by: 'bob', rejection: null },
      ])
      await ledger.store.delete(id)
      expect(await ledger.store.decisions(id)).toEqual([])
    })

    test('may be asked for where nobody was to look', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'accepted')
      expect(await ledger.store.reopenReview(id, 'ann', later())).toBe(true)
      expect((await ledger.store.reviewQueue({})).map((job) => job.id)).toEqual([id])
    })

    test('does not carry corrections over to another document in the same place', async () => {
      const { id } = await ledger.submit(0, 'old')
      await ledger.end('old', 'needs_review')
      await ledger.store.correct([correction(id)])
      await ledger.submit(0, 'new')
      expect(await ledger.store.corrections(id)).toEqual([])
    })
  })
}
