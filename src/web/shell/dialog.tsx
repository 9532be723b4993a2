import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  readonly close: () => void
}

/** A window above the page; Escape closes it, and focus goes back to where it was. */
export function Dialog({ title, children, close }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    const shown = dialog.current
    shown?.showModal()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close()
      }}
    >
      <div className="dialog-body">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}

/** Something that is asked before it is done. */
export interface Question {
  readonly title: string
  readonly text: string
  /** What the button says that does it. */
  readonly action: string
  run(): void
}

/** A dialog that asks; the second element is to be rendered. */
export function useQuestion(): readonly [ask: (question: Question) => void, dialog: ReactNode] {
  const [question, setQuestion] = useState<Question | null>(null)
  const close = (): void => setQuestion(null)
  const dialog = question && (
    <Dialog title={question.title} close={close}>
      <p>{question.text}</p>
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="danger"
          autoFocus
          onClick={() => {
            close()
            question.run()
          }}
        >
          {question.action}
        </button>
      </div>
    </Dialog>
  )
  return [setQuestion, dialog]
}
