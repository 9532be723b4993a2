import type { ReactNode } from 'react'
import { plural } from '../shell/words.ts'
import { acceptId } from './input-id.ts'
import type { Ending } from './use-ending.ts'
import { useWork } from './work.ts'

interface ActionBarProps {
  readonly ending: Ending
  readonly reject: () => void
}

function Standing(): ReactNode {
  const { stops, seen, editor } = useWork()
  const looked = stops.filter((pointer) => seen.has(pointer)).length
  const { length } = editor.changes
  return (
    <p className="standing soft">
      {stops.length > 0 && `${looked} of ${stops.length} looked at`}
      {stops.length > 0 && length > 0 && ' · '}
      {length > 0 && plural(length, 'change')}
    </p>
  )
}

function Small(): ReactNode {
  const { editor, showKeys } = useWork()
  return (
    <div className="small-actions">
      <button type="button" className="quiet" disabled={!editor.canUndo} onClick={editor.undo} title="Ctrl+Z">
        Undo
      </button>
      <button
        type="button"
        className="quiet"
        disabled={!editor.canRedo}
        onClick={editor.redo}
        title="Ctrl+Shift+Z"
      >
        Redo
      </button>
      <button type="button" className="quiet" onClick={showKeys} title="?">
        Keys
      </button>
    </div>
  )
}

function Troubles({ ending }: Pick<ActionBarProps, 'ending'>): ReactNode {
  const { problem, editor } = useWork()
  return (
    <div aria-live="assertive">
      {editor.news !== null && (
        <div className="notice">
          <p>{editor.news}</p>
        </div>
      )}
      {ending.problem !== null && (
        <div className="notice bad">
          <p>{ending.problem}</p>
          {ending.gone && (
            <button type="button" onClick={() => void ending.leave()}>
              Next document
            </button>
          )}
        </div>
      )}
      {ending.problem === null && problem !== null && <p className="field-problem">{problem}</p>}
    </div>
  )
}

/** What ends a review, always in sight. */
export function ActionBar({ ending, reject }: ActionBarProps): ReactNode {
  return (
    <div className="action-bar" role="group" aria-label="End the review">
      <Troubles ending={ending} />
      <div className="standing-row">
        <Standing />
        <Small />
      </div>
      <div className="ends">
        <button
          id={acceptId}
          type="button"
          className="primary"
          aria-disabled={ending.busy}
          aria-keyshortcuts="Control+Enter"
          onClick={() => void ending.end({ how: 'accept' })}
        >
          {ending.busy ? 'Saving…' : 'Accept'} <kbd aria-hidden="true">Ctrl ⏎</kbd>
        </button>
        <button type="button" aria-keyshortcuts="Control+K" onClick={() => void ending.end({ how: 'skip' })}>
          Skip <kbd aria-hidden="true">Ctrl K</kbd>
        </button>
        <button type="button" className="danger-text" aria-keyshortcuts="Control+Shift+R" onClick={reject}>
          Reject
        </button>
      </div>
    </div>
  )
}
