import { useState } from 'react'
import { sentenceOf } from '../http/service-error.ts'
import { submit } from '../http/service.ts'
import { announce } from '../shell/announcer.tsx'
import { plural } from '../shell/words.ts'
import { newKey } from './idempotency-key.ts'

export interface SubmissionState {
  readonly files: readonly File[]
  readonly busy: boolean
  readonly problem: string | null
  add(files: readonly File[]): void
  remove(file: File): void
  send(type: string, route: string): Promise<void>
}

/** Whoever sends so few waits for them. */
const fewFiles = 5

const isSame = (a: File, b: File): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

/** The files that are about to be a batch. The same files go under the same key until they have arrived. */
export function useSubmission(sent: () => void): SubmissionState {
  const [files, setFiles] = useState<readonly File[]>([])
  const [key, setKey] = useState(newKey)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (next: readonly File[]): void => {
    setFiles(next)
    setKey(newKey())
    setProblem(null)
  }
  const send = async (type: string, route: string): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const priority = files.length <= fewFiles ? 'high' : 'normal'
      const idempotencyKey = `${key}-${type}-${route}`
      const { jobs } = await submit({ type, route, priority, files, idempotencyKey })
      announce(`${plural(jobs.length, 'document')} submitted.`)
      change([])
      sent()
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const add = (more: readonly File[]): void =>
    change([...files, ...more.filter((file) => !files.some((known) => isSame(known, file)))])
  return { files, busy, problem, add, remove: (file) => change(files.filter((f) => f !== file)), send }
}
