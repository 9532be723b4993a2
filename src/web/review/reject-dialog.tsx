import { useId, useState, type ReactNode, type SubmitEvent } from 'react'
import { rejectionReasonSchema, type Rejection, type RejectionReason } from '../../core/decision.ts'
import { Dialog } from '../shell/dialog.tsx'
import { rejectionWords } from '../shell/words.ts'

interface RejectDialogProps {
  readonly file: string
  readonly close: () => void
  readonly reject: (rejection: Rejection) => void
}

const longest = 1000

/** Asks why a document is no use. */
export function RejectDialog({ file, close, reject }: RejectDialogProps): ReactNode {
  const [reason, setReason] = useState<RejectionReason>('illegible')
  const [note, setNote] = useState('')
  const ids = { reason: useId(), note: useId() }
  const send = (event: SubmitEvent): void => {
    event.preventDefault()
    close()
    reject({ reason, note: note.trim() === '' ? null : note.trim() })
  }
  return (
    <Dialog title="Reject this document?" close={close}>
      <form className="asked" onSubmit={send}>
        <p>
          <bdi>{file}</bdi> is set aside as no use, and what you changed of it is dropped.
        </p>
        <label htmlFor={ids.reason}>Why</label>
        <select
          id={ids.reason}
          autoFocus
          value={reason}
          onChange={(event) => setReason(rejectionReasonSchema.parse(event.target.value))}
        >
          {rejectionReasonSchema.options.map((one) => (
            <option key={one} value={one}>
              {rejectionWords[one]}
            </option>
          ))}
        </select>
        <label htmlFor={ids.note}>Note (optional)</label>
        <input
          id={ids.note}
          type="text"
          maxLength={longest}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="dialog-actions">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="danger">
            Reject
          </button>
        </div>
      </form>
    </Dialog>
  )
}
