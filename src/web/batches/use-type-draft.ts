import { useRef, useState } from 'react'
import type { TriedFieldAnswer } from '../../contract/types.ts'
import { sentenceOf } from '../http/service-error.ts'
import { putType, tryType } from '../http/service.ts'
import { jsonOf, nameOfFile } from './type-text.ts'

/** A document type that somebody is about to make. */
export interface TypeDraft {
  readonly name: string
  /** The JSON Schema as it was pasted. */
  readonly text: string
  /** What it finds on the document; null until it was tried as it stands. */
  readonly found: readonly TriedFieldAnswer[] | null
  readonly busy: boolean
  readonly problem: string | null
  setName(name: string): void
  setText(text: string): void
  /** Takes the JSON Schema from a file, and its name too where none was given. */
  read(file: File): Promise<void>
  /** The document that it is tried on. */
  setDocument(file: File | null): void
  run(): Promise<void>
  /** The name under which it was saved; null where it could not be. */
  save(): Promise<string | null>
}

/** What is going on; whatever it comes to is of no use once the draft has changed. */
function useAttempt() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const round = useRef(0)
  const drop = (): void => {
    round.current++
    setBusy(false)
    setProblem(null)
  }
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    drop()
    const own = round.current
    setBusy(true)
    try {
      const done = await work()
      return own === round.current ? done : null
    } catch (error) {
      if (own === round.current) setProblem(error instanceof SyntaxError ? error.message : sentenceOf(error))
      return null
    } finally {
      if (own === round.current) setBusy(false)
    }
  }
  return { busy, problem, drop, attempt }
}

/** A new type: its JSON Schema is tried on a document, then saved. */
export function useTypeDraft(): TypeDraft {
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [document, setDocument] = useState<File | null>(null)
  const [found, setFound] = useState<TypeDraft['found']>(null)
  const { busy, problem, drop, attempt } = useAttempt()
  const changed = (): void => {
    drop()
    setFound(null)
  }
  const change = (next: string): void => {
    setText(next)
    changed()
  }
  const run = async (): Promise<void> => {
    setFound(null)
    const tried = await attempt(async () => {
      if (document === null) throw new SyntaxError('Choose a document to try it on.')
      return tryType({ schema: JSON.stringify(jsonOf(text)), name, file: document })
    })
    if (tried) setFound(tried.items)
  }
  return {
    ...{ name, text, found, busy, problem, setName, run },
    setText: change,
    async read(file) {
      change(await file.text())
      setName((before) => (before === '' ? nameOfFile(file.name) : before))
    },
    setDocument(file) {
      setDocument(file)
      changed()
    },
    save: async () => (await attempt(() => putType(name, jsonOf(text))))?.name ?? null,
  }
}
