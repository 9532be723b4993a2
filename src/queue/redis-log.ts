import { open } from 'node:fs/promises'

/** Bytes of the end of a log that are looked at. */
const tailBytes = 16_384

/** `123:M 28 Nov 2026 22:00:00.000 # ` and the like, before what a line says. */
const stamp = /^\d+:\w \d+ \w+ \d+ [\d:.]+ [.\-*#] /

/** How long a log is, in bytes; 0 where there is none. */
export async function sizeOf(log: string): Promise<number> {
  return (await read(log, ({ size }) => Promise.resolve(size))) ?? 0
}

/** The last sentence that a Redis has logged as a warning since its log was so long; null where it is silent. */
export async function lastWarning(log: string, since: number): Promise<string | null> {
  const lines = await read(log, async ({ size, text }) => {
    const from = Math.max(size < since ? 0 : since, size - tailBytes)
    return (await text(from, size - from)).split('\n')
  })
  const warnings = (lines ?? []).flatMap((line) => {
    const found = stamp.exec(line)?.[0]
    return found?.endsWith('# ') ? [line.slice(found.length).trim()] : []
  })
  return warnings.at(-1) ?? null
}

interface LogFile {
  readonly size: number
  text(from: number, length: number): Promise<string>
}

/** Null for a log that is not there or cannot be read. */
async function read<T>(log: string, use: (file: LogFile) => Promise<T>): Promise<T | null> {
  try {
    await using file = await open(log)
    const { size } = await file.stat()
    return await use({
      size,
      async text(from, length) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
        return buffer.toString('utf8', 0, bytesRead)
      },
    })
  } catch {
    return null
  }
}
