import { Fragment, type ReactNode } from 'react'
import { Dialog } from '../shell/dialog.tsx'

const keys: readonly (readonly [readonly string[], string])[] = [
  [['Enter'], 'To the next value in doubt; after the last, to Accept'],
  [['Shift', 'Enter'], 'To the one before'],
  [['1'], 'Takes the first reading; typing on writes the digit instead'],
  [['2'], 'Takes the second reading'],
  [['Ctrl', 'Enter'], 'Accepts, and on to the next document'],
  [['Ctrl', 'K'], 'Skips this document for now'],
  [['Ctrl', 'Shift', 'R'], 'Rejects it'],
  [['Ctrl', 'Z'], 'Undoes; with Shift, does again'],
  [['Ctrl', 'B'], 'A box on the page: arrows move, Shift and arrows size, Enter reads it into the field'],
  [['↑', '↓'], 'In a table: the record above or below'],
  [['Alt', 'Enter'], 'In a table: a new record below'],
  [['Alt', '↑ ↓'], 'In a table: moves the record'],
  [['Alt', 'Delete'], 'In a table: takes the record away'],
  [['?'], 'These keys; F1 while typing'],
]

export function KeysDialog({ close }: { readonly close: () => void }): ReactNode {
  return (
    <Dialog title="Keys" close={close}>
      <dl className="keys">
        {keys.map(([combination, does]) => (
          <div key={does}>
            <dt>
              {combination.map((key, i) => (
                <Fragment key={key}>
                  {i > 0 && ' + '}
                  <kbd>{key}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">On a Mac, ⌘ does what Ctrl does.</p>
      <div className="dialog-actions">
        <button type="button" className="primary" autoFocus onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  )
}
