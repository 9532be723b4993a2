import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Changes, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { announce } from '../shell/announcer.tsx'
import { catchUp, isCurrent, originalOf } from './catch-up.ts'
import {
  addRecord,
  changesOf,
  edit,
  misspelt,
  moveRecord,
  nextRecord,
  putBack,
  removeRecord,
  untouched,
  type Draft,
  type Original,
} from './draft.ts'
import { begin, redo, settle, step, undo, type History } from './history.ts'
import { fill, type Block, type FillPlace } from './paste.ts'

export interface Editor {
  readonly original: Original
  readonly draft: Draft
  readonly changes: Changes['changes']
  readonly misspelt: ReadonlyMap<JsonPointer, string>
  readonly canUndo: boolean
  readonly canRedo: boolean
  write(pointer: JsonPointer, text: string): void
  /** Adds a record below another, or at the end; answers its pointer. */
  add(list: JsonPointer, below?: JsonPointer | null): JsonPointer
  move(record: JsonPointer, step: 1 | -1): void
  /** Writes a block of cells from a cell on; answers why it does not fit, or null. */
  fill(at: FillPlace, block: Block): string | null
  remove(record: JsonPointer): void
  putBack(record: JsonPointer): void
  /** What is written next is a step of its own. */
  settle(): void
  undo(): void
  redo(): void
  /** What became of the draft when the document was found changed; null where nothing did. */
  readonly news: string | null
  /** Forgets all that was changed. */
  reset(): void
  /** Takes the document as somebody else left it, with what of the draft still means the same. */
  catchUp(now: Review): void
}

/** A draft, and the document that it is of. */
interface Left {
  readonly review: Review
  readonly history: History<Draft>
}

/** Drafts of documents that were left, by job: they are there again when somebody comes back. */
const kept = new Map<string, Left>()

export const forgetDraft = (job: string): void => void kept.delete(job)

const hasKept = (): boolean => [...kept.values()].some(({ history }) => history.present !== untouched)

addEventListener('beforeunload', (event) => {
  if (hasKept()) event.preventDefault()
})

interface Opened {
  readonly history: History<Draft>
  readonly news: string | null
}

const fresh = (): Opened => ({ history: begin(untouched), news: null })

const beginWith = (draft: Draft): History<Draft> => {
  const first = begin(untouched)
  return pristine(draft) ? first : step(first, draft, null)
}

const pristine = ({ edits, removed, added, order }: Draft): boolean =>
  Object.keys(edits).length + removed.length + added.length + Object.keys(order).length === 0

function caughtUp(draft: Draft, seen: Review, now: Review): Opened {
  const { draft: left, says } = catchUp(draft, seen, now)
  return { history: beginWith(left), news: says }
}

/** The draft of a document that was left earlier, as the document is now. */
function reopen(review: Review): Opened {
  const left = kept.get(review.job.id)
  if (!left) return fresh()
  if (isCurrent(left.review, review)) return { history: left.history, news: null }
  return caughtUp(left.history.present, left.review, review)
}

type Edits = Pick<Editor, 'write' | 'add' | 'move' | 'fill' | 'remove' | 'putBack'>

/** What can be done to a draft, each as a step of its own but letters of one word. */
const editsOf = (
  original: Original,
  draft: Draft,
  change: (next: (draft: Draft) => Draft, about: string | null) => void,
): Edits => ({
  write: (pointer, text) => change((d) => edit(original, d, pointer, text), pointer),
  add(list, below = null) {
    change((d) => addRecord(original, d, list, below), null)
    return nextRecord(original, draft, list)
  },
  move: (record, step) => change((d) => moveRecord(original, d, record, step), null),
  fill(at, block) {
    const filled = fill(original, draft, at, block)
    if ('problem' in filled) return filled.problem
    change(() => filled.draft, null)
    return null
  },
  remove: (record) => change((d) => removeRecord(d, record), null),
  putBack: (record) => change((d) => putBack(d, record), null),
})

/** What a person does to one document, step by step; nothing where it is looked at only. */
export function useEditor(review: Review, readOnly: boolean): Editor {
  const job = review.job.id
  const [{ history, news }, set] = useState(() => (readOnly ? fresh() : reopen(review)))
  const setHistory = useCallback(
    (next: (history: History<Draft>) => History<Draft>): void =>
      set((now) => ({ ...now, history: next(now.history) })),
    [],
  )
  useEffect(() => {
    if (readOnly) return
    if (history.past.length === 0 && history.future.length === 0) kept.delete(job)
    else kept.set(job, { review, history })
  }, [job, review, history, readOnly])
  const original = useMemo(() => originalOf(review), [review])
  const draft = history.present
  const change = useCallback(
    (next: (draft: Draft) => Draft, about: string | null): void =>
      setHistory((h) => step(h, next(h.present), about)),
    [setHistory],
  )
  const back = (way: typeof undo, word: string): void => {
    setHistory(way)
    announce(word)
  }
  return {
    original,
    draft,
    changes: useMemo(() => changesOf(original, draft), [original, draft]),
    misspelt: useMemo(() => misspelt(original, draft), [original, draft]),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ...editsOf(original, draft, change),
    settle: useCallback(() => setHistory(settle), [setHistory]),
    undo: () => back(undo, 'Undone.'),
    redo: () => back(redo, 'Done again.'),
    news,
    reset: () => set(fresh()),
    catchUp: (now) => set(caughtUp(draft, review, now)),
  }
}
