import { createWriteStream } from 'node:fs'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { ParallaxError } from '../core/errors.ts'
import type { Row } from '../core/row.ts'
import { csvFormat, type CsvLines } from './csv.ts'

export const rowFormats = ['json', 'jsonl', 'csv'] as const
export type RowFormat = (typeof rowFormats)[number]

interface Encoder {
  readonly head: string
  row(row: Row, first: boolean): string
  readonly tail: string
}

/** How rows are written in a format; `jsonSchema` gives CSV its columns. */
export function encoder(format: RowFormat, jsonSchema: object, per: CsvLines): Encoder {
  if (format === 'jsonl') return { head: '', row: (row) => `${JSON.stringify(row)}\n`, tail: '' }
  if (format === 'csv') {
    const csv = csvFormat(jsonSchema, per)
    return { head: csv.header, row: (row) => csv.lines(row), tail: '' }
  }
  const indented = (row: Row): string => JSON.stringify(row, null, 2).replaceAll('\n', '\n  ')
  return { head: '[', row: (row, first) => `${first ? '' : ','}\n  ${indented(row)}`, tail: '\n]\n' }
}

export interface RowWriter {
  write(row: Row): Promise<void>
  /** Completes the output; without it a file keeps what it held before. */
  finish(): Promise<void>
  /** Drops what was written to a file so far. */
  discard(): Promise<void>
}

interface Target {
  readonly stream: Writable
  finish(): Promise<void>
  discard(): Promise<void>
}

const unwritable = (file: string, cause: unknown): ParallaxError =>
  new ParallaxError('E_BAD_REQUEST', `${file} cannot be written: ${(cause as Error).message}.`, { cause })

/** Devices and pipes are written as they are; a file is replaced when everything is in its neighbour. */
async function openTarget(file: string): Promise<Target> {
  const existing = await stat(file).catch(() => null)
  const direct = existing !== null && !existing.isFile()
  const path = direct ? file : `${file}.${process.pid}.part`
  try {
    if (existing?.isDirectory()) throw new Error('it is a folder')
    await access(existing ? file : dirname(file), constants.W_OK)
    const stream = createWriteStream(path)
    await once(stream, 'open')
    const end = async (): Promise<void> => void (await Promise.all([once(stream, 'close'), stream.end()]))
    return {
      stream,
      finish: async () => {
        await end()
        if (!direct) await rename(path, file)
      },
      discard: async () => {
        await end()
        if (!direct) await rm(path, { force: true })
      },
    }
  } catch (error) {
    throw unwritable(file, error)
  }
}

const standardOutput = (): Target => ({
  stream: process.stdout,
  finish: async () => {},
  discard: async () => {},
})

/** Writes rows to a file, or to standard output when there is none. E_BAD_REQUEST when the file cannot be written. */
export async function openRowWriter(
  file: string | undefined,
  { head, row: encode, tail }: Encoder,
): Promise<RowWriter> {
  const target = file === undefined ? standardOutput() : await openTarget(file)
  let failure: Error | null = null
  target.stream.on('error', (error) => (failure = error))
  const put = async (text: string): Promise<void> => {
    if (text !== '' && !target.stream.write(text))
      await Promise.race([once(target.stream, 'drain'), once(target.stream, 'close')])
    if (failure) throw unwritable(file ?? 'standard output', failure)
  }
  let first = true
  await put(head)
  return {
    async write(row) {
      await put(encode(row, first))
      first = false
    },
    async finish() {
      await put(tail)
      await target.finish().catch((error: unknown) => {
        throw unwritable(file ?? 'standard output', failure ?? error)
      })
    },
    discard: () => target.discard(),
  }
}
