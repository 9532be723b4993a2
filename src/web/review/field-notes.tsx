import type { ReactNode } from 'react'
import { Flags } from './flags.tsx'
import type { Cell } from './work.ts'

export const notesId = (cell: Cell): string => `notes:${cell.pointer}`

/** How sure a value is, in a word, with the figure for those who ask. */
export function CertaintyWord({ cell }: { readonly cell: Cell }): ReactNode {
  const { level, word, title } = cell.certainty
  return (
    <span className={`certainty ${level}`} title={title}>
      {word}
    </span>
  )
}

/** What is wrong with a value, and what speaks against it; read out with its input. */
export function FieldNotes({ cell }: { readonly cell: Cell }): ReactNode {
  return (
    <div id={notesId(cell)} className="notes">
      {cell.problem !== null && <p className="field-problem">{cell.problem}</p>}
      <Flags flags={cell.flags} />
      <span className="unseen">
        {cell.certainty.word}
        {cell.readings.length > 1 &&
          `; ${cell.readings.map(({ text }, i) => `${i + 1}: ${text || 'nothing'}`).join(', ')}`}
      </span>
    </div>
  )
}
