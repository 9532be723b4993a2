import type { ReactNode } from 'react'
import { focusField } from './input-id.ts'
import { pathsInWords } from './readings.ts'
import { useWork, type Cell } from './work.ts'

const percent = (share: number): string => `${Math.floor(share * 100)} %`

/** What the paths read, each a click or a digit away. Tab passes by: the digits are for keyboards. */
export function ReadingsBar({ cell }: { readonly cell: Cell }): ReactNode {
  const { editor } = useWork()
  if (cell.readings.length < 2) return null
  return (
    <div className="readings">
      {cell.readings.map(({ text, paths, confidence }, i) => (
        <button
          key={text}
          type="button"
          tabIndex={-1}
          aria-pressed={text === cell.text}
          title={`Read by the ${pathsInWords(paths)}, right with a probability of ${percent(confidence)}`}
          onClick={() => {
            editor.write(cell.pointer, text)
            editor.settle()
            focusField(cell.pointer)
          }}
        >
          <kbd>{i + 1}</kbd>
          <span className="reading-text">{text === '' ? <i>nothing</i> : text}</span>
          <span className="reading-path">{paths.join(' + ')}</span>
        </button>
      ))}
    </div>
  )
}
