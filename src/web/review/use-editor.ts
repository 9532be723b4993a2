import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Changes, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { announce } from '../shell/announcer.tsx'
import {
  addRecord,
  changesOf,
  edit,
  misspelt,
  putBack,
  removeRecord,
  untouched,
  type Draft,
  type Original,
} from './draft.ts'
import { begin, redo, settle, step, undo, type History } from './history.ts'

export interface Editor {
  readonly original: Original
  readonly draft: Draft
  readonly changes: Changes['changes']
  readonly misspelt: ReadonlyMap<JsonPointer, string>
  readonly canUndo: boolean
  readonly canRedo: boolean
  write(pointer: JsonPointer, text: string): void
  add(list: JsonPointer): void
  remove(record: JsonPointer): void
  putBack(record: JsonPointer): void
  /** What is written next is a step of its own. */
  settle(): void
  undo(): void
  redo(): void
  /** Forgets all that was changed. */
  reset(): void
}

/** Drafts of documents that were left, by job: they are there again when somebody comes back. */
const kept = new Map<string, History<Draft>>()

export const forgetDraft = (job: string): void => void kept.delete(job)

const hasKept = (): boolean => [...kept.values()].some(({ present }) => present !== untouched)

addEventListener('beforeunload', (event) => {
  if (hasKept()) event.preventDefault()
})

/** What a person does to one document, step by step. */
export function useEditor(review: Review): Editor {
  const job = review.job.id
  const [history, setHistory] = useState<History<Draft>>(() => kept.get(job) ?? begin(untouched))
  useEffect(() => {
    if (history.past.length === 0 && history.future.length === 0) kept.delete(job)
    else kept.set(job, history)
  }, [job, history])
  const original = useMemo(
    (): Original => ({
      data: review.row.data,
      form: review.form,
      printed: (pointer) => review.row.fields[pointer]?.text ?? null,
    }),
    [review],
  )
  const draft = history.present
  const change = useCallback(
    (next: (draft: Draft) => Draft, about: string | null): void =>
      setHistory((h) => step(h, next(h.present), about)),
    [],
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
    write: (pointer, text) => change((d) => edit(original, d, pointer, text), pointer),
    add: (list) => change((d) => addRecord(original, d, list), null),
    remove: (record) => change((d) => removeRecord(d, record), null),
    putBack: (record) => change((d) => putBack(d, record), null),
    settle: useCallback(() => setHistory(settle), []),
    undo: () => back(undo, 'Undone.'),
    redo: () => back(redo, 'Done again.'),
    reset: useCallback(() => setHistory(begin(untouched)), []),
  }
}
