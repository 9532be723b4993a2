import { useState } from 'react'
import type { Review } from '../../contract/review.ts'
import type { Rejection } from '../../core/decision.ts'
import { sentenceOf, ServiceError } from '../http/service-error.ts'
import {
  acceptReview,
  fetchReview,
  nextReview,
  rejectReview,
  sendChanges,
  skipReview,
} from '../http/service.ts'
import { announce } from '../shell/announcer.tsx'
import { go } from '../shell/route.ts'
import { isRecorded } from './catch-up.ts'
import { offerUndo } from './ended.tsx'
import { movedSince } from './moved.ts'
import { forgetDraft, type Editor } from './use-editor.ts'

export type How =
  { readonly how: 'accept' | 'skip' } | { readonly how: 'reject'; readonly rejection: Rejection }

export interface Ending {
  readonly busy: boolean
  /** Why it could not be ended; everything that was typed is still there. */
  readonly problem: string | null
  /** Somebody else has closed the review. */
  readonly gone: boolean
  end(how: How): Promise<void>
  /** To the next document without doing anything to this one. */
  leave(): Promise<void>
}

/** Shows the next document that waits, or the queue when none does; `not` is left out. */
export async function goToNext(not: string | null): Promise<void> {
  const { job } = await nextReview(not)
  if (job && job.id !== not) go({ name: 'review', id: job.id })
  else go({ name: 'queue' })
}

const words: Readonly<Record<How['how'], string>> = {
  accept: 'Accepted.',
  reject: 'Rejected.',
  skip: 'Skipped.',
}

const closed = new Set<unknown>(['E_CONFLICT', 'E_NOT_FOUND'])
const isRefused = (error: unknown): boolean => error instanceof ServiceError && closed.has(error.code)

/** Whether a refusal means that nothing is left to review; else it is about what was written. */
async function isGone(error: unknown, job: string): Promise<boolean> {
  if (!isRefused(error)) return false
  return fetchReview(job, AbortSignal.timeout(5_000)).then(() => false, isRefused)
}

/** What takes the review once its corrections were kept, or as somebody else left it. */
export interface Takers {
  readonly saved: (review: Review) => void
  readonly moved: (review: Review) => void
}

/** Null once the review has ended; the document as it is now where somebody else has changed it. */
const close = (seen: Review, rejection: Rejection | null): Promise<Review | null> =>
  (rejection
    ? rejectReview(seen.job.id, seen.revision, rejection)
    : acceptReview(seen.job.id, seen.revision)
  ).then(
    () => null,
    (error: unknown) => movedSince(seen, error),
  )

/** As `close`, once the changes are recorded: by this call, or by an earlier one whose answer was lost. */
async function accept(
  review: Review,
  { changes }: Editor,
  saved: (review: Review) => void,
): Promise<Review | null> {
  if (changes.length === 0) return close(review, null)
  const { job, revision } = review
  const now = await sendChanges(job.id, { changes, revision }).catch((error: unknown) =>
    movedSince(review, error),
  )
  if (!isRecorded(changes, review, now)) return now
  saved(now)
  return close(now, null)
}

/** Null once the review has ended, as `close`; a document that is skipped stays as it is. */
async function ended(
  review: Review,
  editor: Editor,
  ending: How,
  saved: (review: Review) => void,
): Promise<Review | null> {
  if (ending.how === 'accept') return accept(review, editor, saved)
  if (ending.how === 'reject') return close(review, ending.rejection)
  await skipReview(review.job.id)
  return null
}

/** Ends the review of a document, and goes on to the next. */
export function useEnding(review: Review, editor: Editor, { saved, moved }: Takers): Ending {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [gone, setGone] = useState(false)
  const job = review.job.id
  const attempt = async (doing: () => Promise<void>): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      await doing()
    } catch (error) {
      const isOver = await isGone(error, job)
      setGone(isOver)
      setProblem(isOver ? 'Somebody else has ended this review.' : sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const end = (ending: How): Promise<void> => {
    const { how } = ending
    const misspelt = editor.misspelt.size
    if (how === 'accept' && misspelt > 0) {
      setProblem('A value is not written as its field needs it: see the message there.')
      return Promise.resolve()
    }
    return attempt(async () => {
      const changed = await ended(review, editor, ending, saved)
      if (changed) {
        moved(changed)
        return
      }
      if (how !== 'skip') {
        forgetDraft(job)
        offerUndo({ job, file: review.job.file, how })
      }
      announce(words[how])
      await goToNext(how === 'skip' ? job : null)
    })
  }
  return { busy, problem, gone, end, leave: () => attempt(() => goToNext(job)) }
}
