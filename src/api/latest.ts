import type { Writable } from 'node:stream'

/** Says how things stand to somebody who may read slowly, or not at all. */
export interface Latest {
  /** What is said while the one before is not read yet takes the place of what waits. */
  say(text: string): void
  /** Says what waits, then this, and ends the stream. */
  end(text: string): void
}

/** Keeps no more for a stream than it takes itself, and one text. */
export function latestTo(stream: Writable): Latest {
  let waiting = ''
  stream.on('drain', () => {
    if (waiting !== '') stream.write(waiting)
    waiting = ''
  })
  return {
    say(text) {
      if (stream.writableNeedDrain) waiting = text
      else stream.write(text)
    },
    end(text) {
      stream.end(waiting + text)
      waiting = ''
    },
  }
}
