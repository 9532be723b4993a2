import { useState } from 'react'
import type { Review } from '../../contract/review.ts'
import { sentenceOf, ServiceError } from '../http/service-error.ts'
import { endReview, fetchReview, nextReview, sendChanges } from '../http/service.ts'
import { announce } from '../shell/announcer.tsx'
import { go } from '../shell/route.ts'
import { forgetDraft, type Editor } from './use-editor.ts'

export type How = 'accept' | 'reject' | 'skip'

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

const words: Readonly<Record<How, string>> = { accept: 'Accepted.', reject: 'Rejected.', skip: 'Skipped.' }

const closed = new Set<unknown>(['E_CONFLICT', 'E_NOT_FOUND'])
const isRefused = (error: unknown): boolean => error instanceof ServiceError && closed.has(error.code)

/** Whether a refusal means that nothing is left to review; else it is about what was written. */
async function isGone(error: unknown, job: string): Promise<boolean> {
  if (!isRefused(error)) return false
  return fetchReview(job, AbortSignal.timeout(5_000)).then(() => false, isRefused)
}

async function accept(review: Review, { changes }: Editor, saved: (review: Review) => void): Promise<void> {
  if (changes.length > 0) saved(await sendChanges(review.job.id, { changes }))
  await endReview(review.job.id, 'accept')
}

/** Ends the review of a document, and goes on to the next. `saved` takes the review once corrections were kept. */
export function useEnding(review: Review, editor: Editor, saved: (review: Review) => void): Ending {
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
  const end = (how: How): Promise<void> => {
    const misspelt = editor.misspelt.size
    if (how === 'accept' && misspelt > 0) {
      setProblem('A value is not written as its field needs it: see the message there.')
      return Promise.resolve()
    }
    return attempt(async () => {
      if (how === 'accept') await accept(review, editor, saved)
      else await endReview(job, how)
      if (how !== 'skip') forgetDraft(job)
      announce(words[how])
      await goToNext(how === 'skip' ? job : null)
    })
  }
  return { busy, problem, gone, end, leave: () => attempt(() => goToNext(job)) }
}
