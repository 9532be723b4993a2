import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Multipart, MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { ParallaxError } from '../core/errors.ts'
import { uploadFolder } from '../service/deletion/sweep-uploads.ts'
import { displayName } from '../service/files/display-name.ts'
import type { ReceivedFile } from '../service/submitting/submit-files.ts'
import { createMemory, type Share } from './upload-memory.ts'

/** A form that came in whole. Its files lie in memory or on disk until it is disposed of. */
export interface Upload extends AsyncDisposable {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly ReceivedFile[]
}

export interface UploadLimits {
  readonly fileBytes: number
  readonly files: number
  /** Of a field that stands beside the files. */
  readonly fieldBytes?: number
}

/** Of a field, where a route asks for no more. */
const usualFieldBytes = 4096

/** All files of a request together. */
export const requestBytes = 1e9

/** A larger file goes to disk. */
const smallBytes = 256 * 1024

/** For the small files of all requests of this process that have not been answered. */
const memory = createMemory(64 * 2 ** 20)

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

function understood(error: unknown): unknown {
  if (error instanceof ParallaxError || (error instanceof Error && 'statusCode' in error)) return error
  if (isSystemError(error))
    return new ParallaxError('E_STORAGE', `The upload cannot be kept: ${error.message}.`, { cause: error })
  const why = error instanceof Error ? error.message : String(error)
  return new ParallaxError('E_BAD_REQUEST', `The form ended early or is damaged (${why}).`, { cause: error })
}

const tooLarge = (message: string): ParallaxError => new ParallaxError('E_FILE_TOO_LARGE', message)

function fieldOf(
  { fieldname, value, valueTruncated, fieldnameTruncated }: MultipartValue,
  before: Readonly<Record<string, string>>,
): readonly [string, string] {
  const name = fieldname.slice(0, 100)
  if (valueTruncated || fieldnameTruncated || typeof value !== 'string')
    throw new ParallaxError('E_BAD_REQUEST', `The field ${name} is too long.`)
  if (name in before) throw new ParallaxError('E_BAD_REQUEST', `The field ${name} is there twice.`)
  return [name, value]
}

/** Where the files of one request are kept. */
interface Keeping {
  readonly memory: Share
  /** The folder for what goes to disk, made when it is first asked for. */
  readonly folder: () => Promise<string>
  /** Throws when the request has become too large. */
  readonly spend: (bytes: number) => void
}

async function receiveFile(
  { file, filename }: MultipartFile,
  keeping: Keeping,
  { fileBytes }: UploadLimits,
): Promise<ReceivedFile> {
  const kept = await keepFile(file, keeping)
  if (file.readableAborted || (file as { truncated?: boolean }).truncated === true)
    throw tooLarge(`A file is larger than ${fileBytes / 1e6} MB.`)
  return { name: displayName(filename), ...kept }
}

/** Keeps a small file in memory while there is room, and any other on disk as it comes. */
async function keepFile(
  file: Readable,
  { folder, memory, spend }: Keeping,
): Promise<Pick<ReceivedFile, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256')
  const counted = async function* (): AsyncGenerator<Buffer, void> {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      spend(chunk.byteLength)
      hash.update(chunk)
      yield chunk
    }
  }
  const chunks = counted()
  const { held, taken, isWhole } = await hold(chunks, memory)
  if (isWhole) {
    const bytes = Buffer.concat(held)
    return { sha256: hash.digest('hex'), bytes: async () => bytes }
  }
  const path = join(await folder(), randomUUID())
  await pipeline(joined(held, chunks), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  memory.give(taken)
  return { sha256: hash.digest('hex'), bytes: () => readFile(path) }
}

interface Held {
  readonly held: readonly Buffer[]
  /** Bytes of the memory. */
  readonly taken: number
  /** Whether that is all of the file. */
  readonly isWhole: boolean
}

/** Takes chunks until the file is too large for memory, or memory is full. */
async function hold(chunks: AsyncGenerator<Buffer, void>, memory: Share): Promise<Held> {
  const held: Buffer[] = []
  let taken = 0
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    const size = next.value.byteLength
    held.push(next.value)
    if (taken + size > smallBytes || !memory.take(size)) return { held, taken, isWhole: false }
    taken += size
  }
  return { held, taken, isWhole: true }
}

async function* joined(held: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  yield* held
  yield* rest
}

/**
 * Receives a form: small files to memory, others to disk as they come. E_FILE_TOO_LARGE; E_BAD_REQUEST for what is no form,
 * or was cut short; E_STORAGE. Nothing of it is kept then.
 */
export async function receive(request: FastifyRequest, home: string, limits: UploadLimits): Promise<Upload> {
  const { folder, remove } = lazyFolder(uploadFolder(home))
  const keeping = { memory: memory.share(), folder, spend: spender() }
  const dispose = async (): Promise<void> => {
    keeping.memory.free()
    await remove()
  }
  try {
    const received = await receiveParts(request.parts({ limits: formLimits(limits) }), keeping, limits)
    return { ...received, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    // What is still coming in is passed over: whoever sends it reads no answer before.
    request.raw.unpipe()
    request.raw.resume()
    throw understood(error)
  }
}

function lazyFolder(path: string): { folder(): Promise<string>; remove(): Promise<void> } {
  let isMade = false
  return {
    async folder() {
      if (!isMade) await mkdir(path, { mode: 0o700 })
      isMade = true
      return path
    },
    remove: async () => (isMade ? rm(path, { recursive: true, force: true }) : undefined),
  }
}

function spender(): (bytes: number) => void {
  let left = requestBytes
  return (bytes) => {
    left -= bytes
    if (left < 0) throw tooLarge(`A request may hold ${requestBytes / 1e6} MB. Send fewer files at a time.`)
  }
}

async function receiveParts(
  parts: AsyncIterable<Multipart>,
  keeping: Keeping,
  limits: UploadLimits,
): Promise<Pick<Upload, 'fields' | 'files'>> {
  const fields = Object.create(null) as Record<string, string>
  const files: ReceivedFile[] = []
  for await (const part of parts) {
    if (part.type === 'file') files.push(await receiveFile(part, keeping, limits))
    else {
      const [name, value] = fieldOf(part, fields)
      fields[name] = value
    }
  }
  return { fields, files }
}

/** Limits of the parser of forms. */
export const formLimits = ({ fileBytes, files, fieldBytes = usualFieldBytes }: UploadLimits) => ({
  fileSize: fileBytes,
  files,
  fields: 20,
  parts: files + 20,
  fieldNameSize: 100,
  fieldSize: fieldBytes,
  headerPairs: 50,
})
