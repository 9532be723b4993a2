import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ParallaxError } from '../core/errors.ts'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { csvFormat } from '../service/results/csv.ts'
import type { LinesPer } from '../service/results/table.ts'

export const rowFormats = ['json', 'jsonl', 'csv'] as const
export type RowFormat = (typeof rowFormats)[number]

interface Encoder {
  readonly head: string
  row(result: ExtractionResult, first: boolean): string
  readonly tail: string
}

/** How rows are written in a format; `jsonSchema` gives CSV its columns. */
export function encoder(format: RowFormat, jsonSchema: object, per: LinesPer): Encoder {
  if (format === 'jsonl') return { head: '', row: (result) => `${JSON.stringify(result)}\n`, tail: '' }
  if (format === 'csv') {
    const csv = csvFormat(jsonSchema, per)
    return { head: csv.header, row: (result) => csv.lines(result), tail: '' }
  }
  const indented = (result: ExtractionResult): string =>
    JSON.stringify(result, null, 2).replaceAll('\n', '\n  ')
  return { head: '[', row: (result, first) => `${first ? '' : ','}\n  ${indented(result)}`, tail: '\n]\n' }
}

/** Disposed of before it is finished, it leaves a file as it was before. */
export interface RowWriter extends AsyncDisposable {
  write(result: ExtractionResult): Promise<void>
  /** Completes the output. */
  finish(): Promise<void>
}

interface Target extends AsyncDisposable {
  write(text: string): Promise<void>
  finish(): Promise<void>
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

export function unwritable(file: string, cause: unknown): ParallaxError {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return new ParallaxError('E_BAD_REQUEST', `${file} cannot be written: ${reasons[code] ?? message}.`, {
    cause,
  })
}

/** A reader that has seen enough (`| head`). */
export const isClosedPipe = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EPIPE'

/** Devices and pipes are written as they are; a file is replaced when everything is in its neighbour. */
async function openTarget(file: string): Promise<Target> {
  const existing = await stat(file).catch(() => null)
  if (existing?.isDirectory()) throw new Error('it is a folder')
  await access(existing ? file : dirname(file), constants.W_OK)
  return existing && !existing.isFile() ? openDevice(file) : openFile(existing ? await realpath(file) : file)
}

async function openDevice(file: string): Promise<Target> {
  const handle = await open(file, 'w')
  return {
    write: (text) => handle.writeFile(text),
    finish: () => handle.close(),
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

async function openFile(file: string): Promise<Target> {
  const part = `${file}.${process.pid}.part`
  const handle = await open(part, 'w')
  return {
    write: (text) => handle.writeFile(text),
    finish: async () => {
      await handle.sync()
      await handle.close()
      await rename(part, file)
    },
    async [Symbol.asyncDispose]() {
      await handle.close()
      await rm(part, { force: true })
    },
  }
}

const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))

const standardOutput: Target = { write: print, finish: async () => {}, async [Symbol.asyncDispose]() {} }

function refusing(file: string | undefined): (error: unknown) => never {
  return (error) => {
    throw isClosedPipe(error) ? error : unwritable(file ?? 'standard output', error)
  }
}

/** Refuses a file that cannot be written, or that is one of the inputs, with E_BAD_REQUEST, before anything is read for it. */
export async function checkOut(file: string | undefined, inputs: readonly string[]): Promise<void> {
  if (file !== undefined && inputs.some((input) => resolve(input) === resolve(file))) {
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `${file} is one of the documents to read; it is not written over.`,
    )
  }
  // The reader of a pipe would take the end of a first writer for the end of everything.
  if (file === undefined || (await stat(file).catch(() => null))?.isFIFO()) return
  await using _ = await openTarget(file).catch(refusing(file))
}

/** Writes one text to a file, or to standard output when there is none; E_BAD_REQUEST as `openRowWriter`. */
export async function writeText(file: string | undefined, text: string): Promise<void> {
  const refuse = refusing(file)
  await using target = file === undefined ? standardOutput : await openTarget(file).catch(refuse)
  await target.write(text).catch(refuse)
  await target.finish().catch(refuse)
}

/** Writes rows to a file, or to standard output when there is none. E_BAD_REQUEST when the file cannot be written. */
export async function openRowWriter(
  file: string | undefined,
  { head, row: encode, tail }: Encoder,
): Promise<RowWriter> {
  const refuse = refusing(file)
  const target = file === undefined ? standardOutput : await openTarget(file).catch(refuse)
  let first = true
  await target.write(head).catch(refuse)
  return {
    async write(result) {
      await target.write(encode(result, first)).catch(refuse)
      first = false
    },
    async finish() {
      await target.write(tail).catch(refuse)
      await target.finish().catch(refuse)
    },
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}
