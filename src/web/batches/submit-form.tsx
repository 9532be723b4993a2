import { useCallback, useRef, useState, type DragEvent, type SubmitEvent, type ReactNode } from 'react'
import { defaultType } from '../../core/document-type.ts'
import { strategySchema } from '../../core/extraction-result.ts'
import { access, mayKeepTypes } from '../http/access.ts'
import { fetchTypes } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { announce } from '../shell/announcer.tsx'
import { useStore } from '../shell/store.ts'
import { bytes, plural, routeWords } from '../shell/words.ts'
import { TypeDialog } from './type-dialog.tsx'
import { useSubmission, type Said, type SubmissionState } from './use-submission.ts'

function DropZone({ add }: Pick<SubmissionState, 'add'>): ReactNode {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent): void => {
    setOver(false)
    add([...event.dataTransfer.files])
  }
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragEnter={() => setOver(true)}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 16V4m0 0L7 9m5-5l5 5M5 15v4h14v-4" />
      </svg>
      <p>
        Drop receipts, invoices or forms here, or{' '}
        <label className="link" htmlFor="files">
          choose files
        </label>
      </p>
      <p className="soft">
        Images (JPEG, HEIC, PNG, TIFF, WebP, AVIF, GIF, BMP), PDF, and e-invoices in XML. They stay on this
        machine.
      </p>
      <input
        ref={input}
        id="files"
        type="file"
        multiple
        accept="image/*,.heic,.heif,application/pdf,.pdf,application/xml,.xml"
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function Chosen({ files, remove }: Pick<SubmissionState, 'files' | 'remove'>): ReactNode {
  return (
    <ul className="chosen" aria-label="Chosen files">
      {files.map(({ file, problem }) => (
        <li
          key={`${file.name} ${file.size} ${file.lastModified}`}
          className={problem === null ? undefined : 'wrong'}
        >
          <bdi>{file.name}</bdi>
          <span className="soft">{problem === null ? bytes(file.size) : `is left out: it ${problem}`}</span>
          <button
            type="button"
            className="quiet"
            aria-label={`Leave out ${file.name}`}
            onClick={() => remove(file)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}

interface ChoicesProps {
  /** The names of the types that there are. */
  readonly types: readonly string[]
  readonly type: string
  readonly route: string
  readonly setType: (type: string) => void
  readonly setRoute: (route: string) => void
  /** Opens the way to a new type; null for those who may not make one. */
  readonly newType: (() => void) | null
}

function Choices({ types, type, route, setType, setRoute, newType }: ChoicesProps): ReactNode {
  return (
    <div className="choices">
      <label>
        <span>Document type</span>
        <select value={type} onChange={(event) => setType(event.target.value)}>
          {types.map((name) => (
            <option key={name}>{name}</option>
          ))}
          <option value="auto">as each document tells</option>
        </select>
      </label>
      {newType && (
        <button type="button" onClick={newType}>
          New type…
        </button>
      )}
      <label>
        <span>How they are read</span>
        <select value={route} onChange={(event) => setRoute(event.target.value)}>
          {Object.entries(routeWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** The types that there are, the one that is chosen, and the dialog for a new one, which is chosen once it is saved. */
function useTypes() {
  const [type, setType] = useState<string>(defaultType)
  const [isMaking, setMaking] = useState(false)
  const who = useStore(access)
  const loaded = useLoaded(useCallback((signal: AbortSignal) => fetchTypes(signal), []))
  const known = loaded.value ?? []
  const types = known.includes(type) ? known : [...known, type]
  const newType = who.state === 'in' && mayKeepTypes(who.session) ? () => setMaking(true) : null
  const saved = (name: string): void => {
    setMaking(false)
    setType(name)
    loaded.reload()
    announce(`The type ${name} is saved.`)
  }
  const dialog = isMaking && <TypeDialog close={() => setMaking(false)} saved={saved} />
  return { types, type, setType, newType, dialog }
}

type BatchNote = Pick<Said, 'name' | 'reference'>
const noNote: BatchNote = { name: '', reference: '' }

/** What the batch is called, for those who want to find it again. */
function Note({
  note,
  set,
}: {
  readonly note: BatchNote
  readonly set: (note: BatchNote) => void
}): ReactNode {
  const input = (field: keyof BatchNote, label: string): ReactNode => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        maxLength={200}
        value={note[field]}
        onChange={(event) => set({ ...note, [field]: event.target.value })}
      />
    </label>
  )
  return (
    <div className="choices noted">
      {input('name', 'Name (optional)')}
      {input('reference', 'Reference (optional)')}
    </div>
  )
}

/** How much has gone, and the way out. */
function Sending({
  progress,
  cancel,
}: {
  readonly progress: number
  readonly cancel: () => void
}): ReactNode {
  const percent = Math.floor(progress * 100)
  return (
    <div className="sending">
      <progress max={100} value={percent} aria-label="Sending" />
      <span>{percent < 100 ? `${percent} % sent` : 'Being checked…'}</span>
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </div>
  )
}

/** Files become a batch: dropped or chosen, then sent. */
export function SubmitForm({ sent }: { readonly sent: () => void }): ReactNode {
  const submission = useSubmission(sent)
  const { files, good, progress, problem, add, remove } = submission
  const [note, setNote] = useState(noNote)
  const { dialog, ...choice } = useTypes()
  const [route, setRoute] = useState<string>(strategySchema.enum.auto)
  const go = (event: SubmitEvent): void => {
    event.preventDefault()
    void submission.send({ type: choice.type, route, ...note }).then((isSent) => {
      if (isSent) setNote(noNote)
    })
  }
  return (
    <>
      <form className="submit card" aria-label="New batch" onSubmit={go}>
        <DropZone add={add} />
        {files.length > 0 && <Chosen files={files} remove={remove} />}
        {good.length > 0 && <Note note={note} set={setNote} />}
        <div className="submit-row">
          <Choices {...choice} route={route} setRoute={setRoute} />
          <button type="submit" className="primary" disabled={progress !== null || good.length === 0}>
            {good.length === 0 ? 'Read documents' : `Read ${plural(good.length, 'document')}`}
          </button>
        </div>
        {progress !== null && <Sending progress={progress} cancel={submission.cancel} />}
        {problem !== null && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
      {dialog}
    </>
  )
}
