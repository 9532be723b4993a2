import { unanswered } from './service-error.ts'

/** The text of an answer as it comes in. Rejects with a ServiceError when it breaks off. */
export async function* textOf(body: ReadableStream<Uint8Array> | null, url: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of body ?? []) yield decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw unanswered(error, url)
  }
}
