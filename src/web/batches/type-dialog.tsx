import { useId, type ReactNode, type SubmitEvent } from 'react'
import type { TriedFieldAnswer } from '../../contract/types.ts'
import { Dialog } from '../shell/dialog.tsx'
import { plural } from '../shell/words.ts'
import { placeOf } from './type-text.ts'
import { useTypeDraft, type TypeDraft } from './use-type-draft.ts'

function Found({ fields }: { readonly fields: readonly TriedFieldAnswer[] }): ReactNode {
  const found = fields.filter(({ value }) => value !== null).length
  return (
    <>
      <p role="status">
        {found} of {plural(fields.length, 'field')} found.
      </p>
      <table className="trial" aria-label="What was found">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.pointer}>
              <th scope="row">
                <bdi>{field.pointer}</bdi>
              </th>
              <td>{field.value === null ? 'not found' : <bdi>{String(field.value)}</bdi>}</td>
              <td>
                <bdi>{placeOf(field)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

interface FileInputProps {
  readonly label: string
  readonly accept: string
  readonly choose: (file: File | null) => void
}

function FileInput({ label, accept, choose }: FileInputProps): ReactNode {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => choose(event.target.files?.[0] ?? null)}
      />
    </>
  )
}

function Inputs({ draft }: { readonly draft: TypeDraft }): ReactNode {
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}name`}>Name</label>
      <input
        id={`${id}name`}
        type="text"
        autoFocus
        required
        maxLength={61}
        pattern="[a-z][a-z0-9\-]*"
        title="small letters, digits and dashes"
        value={draft.name}
        onChange={(event) => draft.setName(event.target.value)}
      />
      <label htmlFor={`${id}text`}>JSON Schema</label>
      <textarea
        id={`${id}text`}
        className="schema"
        spellCheck={false}
        value={draft.text}
        onChange={(event) => draft.setText(event.target.value)}
      />
      <FileInput
        label="From a file"
        accept="application/json,.json"
        choose={(file) => file && void draft.read(file)}
      />
      <FileInput
        label="Document to try it on"
        accept="image/*,.heic,.heif,application/pdf,.pdf"
        choose={draft.setDocument}
      />
    </>
  )
}

interface TypeDialogProps {
  readonly close: () => void
  /** Told the name of a type that was saved. */
  readonly saved: (name: string) => void
}

/** Makes a document type of a JSON Schema, once it was tried on a document. */
export function TypeDialog({ close, saved }: TypeDialogProps): ReactNode {
  const draft = useTypeDraft()
  const { found, busy, problem } = draft
  const save = (event: SubmitEvent): void => {
    event.preventDefault()
    if (found !== null) void draft.save().then((name) => name !== null && saved(name))
  }
  return (
    <Dialog title="New type" close={close}>
      <form className="asked" onSubmit={save}>
        <Inputs draft={draft} />
        {busy && <p role="status">One moment…</p>}
        {found !== null && <Found fields={found} />}
        {problem !== null && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="button" onClick={() => void draft.run()}>
            Try
          </button>
          <button type="submit" className="primary" disabled={found === null}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  )
}
