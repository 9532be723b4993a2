import type { Readable } from 'node:stream'

const tailLength = 2048

/** Reads streams away and answers, whenever asked, the last 2 KB of what they said. */
export function createOutputTail(streams: readonly Readable[]): () => string {
  let tail = ''
  for (const stream of streams) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-tailLength)
    })
  }
  return () => tail
}
