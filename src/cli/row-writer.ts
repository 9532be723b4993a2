import { access, constants, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
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
  write(text: string): Promise<void>
  finish(): Promise<void>
  discard(): Promise<void>
}

const unwritable = (file: string, cause: unknown): ParallaxError =>
  new ParallaxError('E_BAD_REQUEST', `${file} cannot be written: ${(cause as Error).message}.`, { cause })

/** Devices and pipes are written as they are; a file is replaced when everything is in its neighbour. */
async function openTarget(file: string): Promise<Target> {
  const existing = await stat(file).catch(() => null)
  if (existing?.isDirectory()) throw new Error('it is a folder')
  const direct = existing !== null && !existing.isFile()
  const path = direct ? file : `${file}.${process.pid}.part`
  await access(existing ? file : dirname(file), constants.W_OK)
  const handle = await open(path, 'w')
  return {
    write: (text) => handle.writeFile(text),
    finish: async () => {
      await handle.close()
      if (!direct) await rename(path, file)
    },
    discard: async () => {
      await handle.close()
      if (!direct) await rm(path, { force: true })
    },
  }
}

const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))

function standardOutput(): Target {
  // What goes wrong is told to the writer of each text.
  process.stdout.on('error', () => {})
  return { write: print, finish: async () => {}, discard: async () => {} }
}

/** Writes rows to a file, or to standard output when there is none. E_BAD_REQUEST when the file cannot be written. */
export async function openRowWriter(
  file: string | undefined,
  { head, row: encode, tail }: Encoder,
): Promise<RowWriter> {
  const refuse = (error: unknown): never => {
    throw unwritable(file ?? 'standard output', error)
  }
  const target = file === undefined ? standardOutput() : await openTarget(file).catch(refuse)
  let first = true
  await target.write(head).catch(refuse)
  return {
    async write(row) {
      await target.write(encode(row, first)).catch(refuse)
      first = false
    },
    async finish() {
      await target.write(tail).catch(refuse)
      await target.finish().catch(refuse)
    },
    discard: () => target.discard(),
  }
}
