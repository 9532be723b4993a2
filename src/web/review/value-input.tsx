import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { FieldKind } from './value-text.ts'
import { walksAway } from './walk-keys.ts'
import { inputId } from './input-id.ts'
import { pressKey, type KeyState } from './reading-keys.ts'
import { useWork, type Cell } from './work.ts'

interface ValueInputProps {
  readonly cell: Cell
  /** For those who hear the page, where no label stands beside it. */
  readonly name?: string
  readonly describedBy: string
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Keys of an input: digits take readings while nothing has been typed, Enter walks on. */
function useKeys(cell: Cell) {
  const work = useWork()
  const state = useRef<KeyState>({ mode: 'typing' })
  const pointed = useRef(false)
  const onKeyDown = (event: KeyboardEvent<Input>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (state.current.mode === 'taken') state.current = { mode: 'fresh' }
      return
    }
    if (walksAway(event, state.current.mode !== 'typing', cell, work)) return
    const { state: next, answer } = pressKey(state.current, event.key, cell.readings.length)
    state.current = next
    if (answer.do === 'nothing') return
    event.preventDefault()
    const text = answer.do === 'take' ? cell.readings[answer.reading]!.text : answer.text
    work.editor.write(cell.pointer, text)
  }
  const onFocus = (event: { currentTarget: Input }): void => {
    state.current = { mode: pointed.current ? 'typing' : 'fresh' }
    if (!pointed.current && !(event.currentTarget instanceof HTMLSelectElement)) event.currentTarget.select()
    pointed.current = false
    work.setActive(cell.pointer)
  }
  const onPointerDown = (): void => {
    pointed.current = true
    state.current = { mode: 'typing' }
  }
  return { onKeyDown, onFocus, onPointerDown, onBlur: work.editor.settle }
}

const inputModes: Partial<Record<FieldKind, 'decimal' | 'numeric'>> = {
  number: 'decimal',
  integer: 'numeric',
}
const placeholders: Partial<Record<FieldKind, string>> = { date: 'YYYY-MM-DD', time: 'HH:MM' }

/** A value is one line, however it came in. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

/** The options of a choice; a value that is none of them is shown all the same. */
function optionsOf({ kind, choices, text }: Cell): readonly string[] {
  const known = kind === 'boolean' ? ['yes', 'no'] : choices
  return text === '' || known.includes(text) ? known : [text, ...known]
}

/** Where one value is written. */
export function ValueInput({ cell, name, describedBy }: ValueInputProps): ReactNode {
  const { editor } = useWork()
  const keys = useKeys(cell)
  const shared = {
    id: inputId(cell.pointer),
    value: cell.text,
    'aria-label': name,
    'aria-describedby': describedBy,
    'aria-invalid': cell.problem !== null,
    'aria-required': cell.required,
    className: `value ${cell.certainty.level}`,
    ...keys,
  }
  if (cell.kind === 'boolean' || cell.kind === 'choice')
    return (
      <select {...shared} onChange={(event) => editor.write(cell.pointer, event.target.value)}>
        <option value="">–</option>
        {optionsOf(cell).map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  const written = {
    ...shared,
    autoComplete: 'off',
    spellCheck: false,
    placeholder: placeholders[cell.kind] ?? (cell.asks ? 'not found' : '–'),
  }
  const write = (text: string): void => editor.write(cell.pointer, oneLine(text))
  // Words may be many: they wrap where a number never does.
  if (cell.kind === 'text')
    return <textarea {...written} rows={1} onChange={(event) => write(event.target.value)} />
  return (
    <input
      {...written}
      type="text"
      inputMode={inputModes[cell.kind]}
      onChange={(event) => write(event.target.value)}
    />
  )
}
