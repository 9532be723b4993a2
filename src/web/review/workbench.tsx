import { useEffect, useState, type ReactNode } from 'react'
import type { Review } from '../../contract/review.ts'
import { announce } from '../shell/announcer.tsx'
import { plural } from '../shell/words.ts'
import { ActionBar } from './action-bar.tsx'
import { undoEnding } from './ended.tsx'
import { acceptId, focusField } from './input-id.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { Paper } from './paper.tsx'
import { RejectDialog } from './reject-dialog.tsx'
import { ReviewForm } from './review-form.tsx'
import { useEnding, type Ending } from './use-ending.ts'
import { useReading } from './use-reading.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useWorkState } from './use-work.ts'
import { WorkProvider, type Work } from './work.ts'

interface WorkbenchProps {
  readonly review: Review
  readonly saved: (review: Review) => void
}

/** Begins at the first value in doubt, and says what there is to do. */
function useBeginning({ review, stops }: Work): void {
  const [first] = useState(stops[0] ?? null)
  const [count] = useState(stops.length)
  const { file } = review.job
  useEffect(() => {
    if (first === null || !focusField(first)) document.getElementById(acceptId)?.focus()
    announce(`${file}: ${plural(count, 'value')} to look at.`)
    document.title = `${file} · Parallax`
    return () => {
      document.title = 'Parallax'
    }
  }, [first, count, file])
}

function useReject(ending: Ending, file: string) {
  const [asked, setAsked] = useState(false)
  const dialog = asked && (
    <RejectDialog
      file={file}
      close={() => setAsked(false)}
      reject={(rejection) => void ending.end({ how: 'reject', rejection })}
    />
  )
  return { reject: () => setAsked(true), dialog }
}

/** One document under review: the page on one side, the values on the other, and what ends it below. */
export function Workbench({ review, saved }: WorkbenchProps): ReactNode {
  const [keysShown, setKeysShown] = useState(false)
  const [page, setPage] = useState(1)
  const work = useWorkState(review, { showKeys: () => setKeysShown(true), put: saved })
  const { editor } = work
  const reading = useReading(work)
  const ending = useEnding(review, editor, {
    saved: (kept) => {
      editor.reset()
      saved(kept)
    },
    moved: work.moved,
  })
  const { reject, dialog } = useReject(ending, review.job.file)
  useBeginning(work)
  useShortcuts({
    accept: () => void ending.end({ how: 'accept' }),
    skip: () => void ending.end({ how: 'skip' }),
    reject,
    undo: () => (editor.canUndo ? editor.undo() : void undoEnding()),
    redo: editor.redo,
    region: () => reading.begin(page),
    keys: () => setKeysShown(true),
  })
  return (
    <WorkProvider value={work}>
      <div className="workbench">
        <Paper
          page={page}
          setPage={setPage}
          keyBox={reading.keyBox}
          setKeyBox={reading.setKeyBox}
          read={reading.read}
        />
        <div className="values">
          <Title review={review} says={reading.says} />
          <ReviewForm />
          <ActionBar ending={ending} reject={reject} />
        </div>
      </div>
      {keysShown && <KeysDialog close={() => setKeysShown(false)} />}
      {dialog}
    </WorkProvider>
  )
}

function Title({ review, says }: { readonly review: Review; readonly says: string | null }): ReactNode {
  return (
    <div className="review-title">
      <h1 tabIndex={-1}>
        <bdi>{review.job.file}</bdi>
      </h1>
      <p className="soft">{says ?? `${review.row.documentType}, read by ${pathsOf(review)}`}</p>
    </div>
  )
}

function pathsOf({ row: result }: Review): string {
  const paths = [...new Set(result.attempts.filter(({ error }) => !error).map(({ path }) => path))]
  return paths.length > 1 ? 'both paths' : `the ${paths[0] ?? result.route} path`
}
