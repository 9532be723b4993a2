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

interface ReasonProps {
  readonly reason: RejectionReason
  readonly set: (reason: RejectionReason) => void
}

function Reason({ reason, set }: ReasonProps): ReactNode {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>Why</label>
      <select
        id={id}
        autoFocus
        value={reason}
        onChange={(event) => set(rejectionReasonSchema.parse(event.target.value))}
      >
        {rejectionReasonSchema.options.map((one) => (
          <option key={one} value={one}>
            {rejectionWords[one]}
          </option>
        ))}
      </select>
    </>
  )
}

/** Asks why a document is no use. */
export function RejectDialog({ file, close, reject }: RejectDialogProps): ReactNode {
  const [reason, setReason] = useState<RejectionReason>('illegible')
  const [note, setNote] = useState('')
  const id = useId()
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
        <Reason reason={reason} set={setReason} />
        <label htmlFor={id}>Note (optional)</label>
        <input
          id={id}
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
