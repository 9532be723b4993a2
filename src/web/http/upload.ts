import type { z } from 'zod'
import { lost } from './connection.ts'
import { understood } from './request.ts'
import { ServiceError } from './service-error.ts'

interface Upload {
  readonly form: FormData
  readonly headers: Readonly<Record<string, string>>
  /** Told how much has gone, 0 to 1. */
  readonly progress: (share: number) => void
  readonly signal: AbortSignal
}

/** Posts a form and tells how far it is, which `fetch` does not; rejects as `request` does. */
export function upload<S extends z.ZodType>(
  schema: S,
  path: string,
  { form, headers, progress, signal }: Upload,
): Promise<z.infer<S>> {
  const sent = new XMLHttpRequest()
  const answer = new Promise<Response>((resolve, reject) => {
    const unanswered = (): void => {
      lost()
      reject(new ServiceError(null, 'Parallax does not answer. It may be restarting.'))
    }
    sent.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0))
    sent.addEventListener('load', () => resolve(new Response(sent.responseText, { status: sent.status })))
    sent.addEventListener('error', unanswered)
    sent.addEventListener('timeout', unanswered)
    sent.addEventListener('abort', () => reject(new DOMException('It was given up.', 'AbortError')))
    signal.addEventListener('abort', () => sent.abort(), { once: true })
  })
  sent.open('POST', path)
  for (const [name, value] of Object.entries(headers)) sent.setRequestHeader(name, value)
  sent.send(form)
  return answer.then((response) => understood(schema, response))
}
