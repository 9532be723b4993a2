import { useEffect, useState, type ReactNode } from 'react'
import { undoMs } from '../../core/decision.ts'
import { sentenceOf } from '../http/service-error.ts'
import { reopenReview } from '../http/service.ts'
import { announce } from '../shell/announcer.tsx'
import { go } from '../shell/route.ts'
import { createStore, useStore } from '../shell/store.ts'

/** A review that this person has just ended. */
export interface Ended {
  readonly job: string
  readonly file: string
  readonly how: 'accept' | 'reject'
}

const latest = createStore<Ended | null>(null)

/** Offers to take it back, for as long as nobody else is told. */
export const offerUndo = (ended: Ended): void => latest.set(ended)

/** Opens the review again that was ended last, while that is offered. */
export async function undoEnding(): Promise<void> {
  const ended = latest.get()
  if (ended === null) return
  latest.set(null)
  try {
    await reopenReview(ended.job)
    go({ name: 'review', id: ended.job })
  } catch (error) {
    announce(sentenceOf(error))
  }
}

const words = { accept: 'accepted', reject: 'rejected' } as const

/** Whether the workbench takes Ctrl+Z, which has more to undo. */
const hasWorkbench = (): boolean => document.querySelector('.action-bar') !== null

function useUndoKey(offered: boolean): void {
  useEffect(() => {
    if (!offered) return
    const press = (event: KeyboardEvent): void => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      if (!isUndo || event.repeat || hasWorkbench()) return
      event.preventDefault()
      void undoEnding()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [offered])
}

/** What was ended last, and the way back. It stays while somebody is at it. */
export function EndedNotice(): ReactNode {
  const ended = useStore(latest)
  const [kept, setKept] = useState(false)
  useUndoKey(ended !== null)
  useEffect(() => {
    if (ended === null || kept) return
    const timer = setTimeout(() => {
      if (latest.get() === ended) latest.set(null)
    }, undoMs)
    return () => clearTimeout(timer)
  }, [ended, kept])
  if (ended === null) return null
  return (
    <aside
      className="ended card"
      aria-label="Ended last"
      onMouseEnter={() => setKept(true)}
      onMouseLeave={() => setKept(false)}
      onFocus={() => setKept(true)}
      onBlur={() => setKept(false)}
    >
      <span>
        <bdi>{ended.file}</bdi> {words[ended.how]}.
      </span>
      <button type="button" aria-keyshortcuts="Control+Z" onClick={() => void undoEnding()}>
        Undo <kbd aria-hidden="true">Ctrl Z</kbd>
      </button>
    </aside>
  )
}
