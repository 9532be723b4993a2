import type { ReactNode } from 'react'
import { createStore, useStore } from './store.ts'

interface Announcement {
  readonly text: string
  /** Of two announcements with the same words both are read. */
  readonly turn: number
}

const latest = createStore<Announcement>({ text: '', turn: 0 })

/** Says a sentence to those who hear the page. */
export const announce = (text: string): void => latest.set({ text, turn: latest.get().turn + 1 })

export function Announcer(): ReactNode {
  const { text, turn } = useStore(latest)
  return (
    <div className="unseen" role="status" aria-live="polite">
      <span key={turn}>{text}</span>
    </div>
  )
}
