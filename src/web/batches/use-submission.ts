import { useCallback, useRef, useState } from 'react'
import type { Limits } from '../../contract/jobs.ts'
import { isAborted, sentenceOf } from '../http/service-error.ts'
import { fetchLimits, submit, type Submission } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { announce } from '../shell/announcer.tsx'
import { plural } from '../shell/words.ts'
import { problemOf, problemOfAll } from './check-files.ts'
import { newKey } from './idempotency-key.ts'

/** A file that is about to be sent, or not: then with what is wrong with it. */
export interface ChosenFile {
  readonly file: File
  readonly problem: string | null
}

/** What is said of a batch as it is sent. */
export type Said = Pick<Submission, 'type' | 'route' | 'name' | 'reference'>

export interface SubmissionState {
  readonly files: readonly ChosenFile[]
  /** Those that will be sent. */
  readonly good: readonly File[]
  /** How much has gone, 0 to 1; null while nothing is sent. */
  readonly progress: number | null
  readonly problem: string | null
  add(files: readonly File[]): void
  remove(file: File): void
  send(said: Said): Promise<boolean>
  cancel(): void
}

/** Whoever sends so few waits for them. */
const fewFiles = 5

/** Until the service has said what it takes. */
const unlimited = { fileBytes: Infinity, requestBytes: Infinity, files: Infinity }

const isSame = (a: File, b: File): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

/** The files that are about to be a batch, each looked at; under a key that is new whenever they are others. */
function useChosen(limits: Limits, changed: () => void) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [key, setKey] = useState(newKey)
  const change = (next: (files: readonly ChosenFile[]) => readonly ChosenFile[]): void => {
    setFiles(next)
    setKey(newKey())
    changed()
  }
  const add = async (more: readonly File[]): Promise<void> => {
    const checked = await Promise.all(
      more.map(async (file) => ({ file, problem: await problemOf(file, limits) })),
    )
    change((all) => [...all, ...checked.filter(({ file }) => !all.some((known) => isSame(known.file, file)))])
  }
  const good = files.flatMap(({ file, problem }) => (problem === null ? [file] : []))
  return { files, good, key, change, add }
}

/** The files that are about to be a batch. The same files go under the same key until they have arrived. */
export function useSubmission(sent: () => void): SubmissionState {
  const [progress, setProgress] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const limits = useLoaded(useCallback((signal: AbortSignal) => fetchLimits(signal), [])).value ?? unlimited
  const { files, good, key, change, add } = useChosen(limits, () => setProblem(null))
  const deliver = async (said: Said): Promise<void> => {
    stop.current = new AbortController()
    const priority = good.length <= fewFiles ? 'high' : 'normal'
    const idempotencyKey = `${key}-${said.type}-${said.route}`
    const form = { ...said, priority, files: good, idempotencyKey } as const
    const { jobs } = await submit(form, setProgress, stop.current.signal)
    announce(`${plural(jobs.length, 'document')} submitted.`)
    change((all) => all.filter(({ problem: wrong }) => wrong !== null))
    sent()
  }
  const send = async (said: Said): Promise<boolean> => {
    const tooMuch = problemOfAll(good, limits)
    setProblem(tooMuch)
    if (tooMuch !== null) return false
    setProgress(0)
    try {
      await deliver(said)
      return true
    } catch (error) {
      if (!isAborted(error)) setProblem(sentenceOf(error))
      return false
    } finally {
      setProgress(null)
    }
  }
  return {
    ...{ files, good, progress, problem, send },
    add: (more) => void add(more),
    remove: (file) => change((all) => all.filter((one) => one.file !== file)),
    cancel: () => stop.current?.abort(),
  }
}
