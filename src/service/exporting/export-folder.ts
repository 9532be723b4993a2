import { mkdir, open, readdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isBadInput, ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { sniff, type Format } from '../../imaging/sniff.ts'
import { withoutAudit } from '../judging/audit-draw.ts'
import { csvFormat } from '../results/csv.ts'
import { openPictures, submittedBytes, type PagePictures } from '../reviewing/page-pictures.ts'
import type { RunTask } from '../../compute/run-task.ts'
import {
  dataOnPage,
  eachKnown,
  pairLine,
  type Known,
  type KnownSelection,
  type LeaveOut,
  type PairLine,
} from './training-pairs.ts'
import { formReader, type FormReader } from '../reviewing/type-form.ts'

export interface Exporter {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly run: RunTask
}

export interface Exported {
  readonly documents: number
  /** Documents that could not be shown, and why. */
  readonly leftOut: readonly { readonly id: string; readonly why: string }[]
}

const extensions: Readonly<Record<Format, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  tiff: 'tif',
  gif: 'gif',
  bmp: 'bmp',
  avif: 'avif',
  heic: 'heic',
  pdf: 'pdf',
}

/** Formats that may hold more than one page. */
const manyPages: readonly Format[] = ['tiff', 'pdf']

/** Makes a folder, or takes an empty one; E_BAD_REQUEST for one with anything in it, which would get mixed up. */
async function makeEmpty(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).length === 0) return
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new ParallaxError('E_BAD_REQUEST', `${folder} cannot be written (${code}).`, { cause: error })
  }
  throw new ParallaxError('E_BAD_REQUEST', `${folder} is not empty: give a new folder.`)
}

/** A file that gets its name once it is whole. */
interface Lines {
  write(text: string): Promise<void>
  finish(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

async function openLines(file: string): Promise<Lines> {
  const handle = await open(`${file}.part`, 'w')
  return {
    write: (text) => handle.writeFile(text),
    async finish() {
      await handle.sync()
      await rename(`${file}.part`, file)
    },
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

/** Tables by the name of the document type, each begun with its first row. */
interface Tables extends AsyncDisposable {
  write(known: Known): Promise<void>
  finish(): Promise<void>
}

/** As a part of a file's name. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60)

/** `rows.csv`, or `rows-TYPE.csv` each where documents of several types are exported. */
function openTables(folder: string, { store }: Exporter, forms: FormReader): Tables {
  const tables = new Map<
    string,
    { readonly lines: Lines; readonly file: string; of(result: ExtractionResult): string }
  >()
  async function tableOf({ job, result }: Known) {
    const { type } = (await store.work(job.key))!
    const { jsonSchema } = await forms(type)
    const format = csvFormat(jsonSchema, 'document')
    const file = join(folder, `rows-${plain(result.documentType)}.csv`)
    const table = { lines: await openLines(file), file, of: (one: ExtractionResult) => format.lines(one) }
    await table.lines.write(format.header)
    tables.set(result.documentType, table)
    return table
  }
  return {
    async write(known) {
      const table = tables.get(known.result.documentType) ?? (await tableOf(known))
      await table.lines.write(table.of(known.result))
    },
    async finish() {
      for (const { lines } of tables.values()) await lines.finish()
      const [only, ...others] = tables.values()
      if (only && others.length === 0) await rename(only.file, join(folder, 'rows.csv'))
    },
    async [Symbol.asyncDispose]() {
      for (const { lines } of tables.values()) await lines[Symbol.asyncDispose]()
    },
  }
}

interface Image {
  readonly name: string
  readonly bytes: Uint8Array
  readonly line: PairLine
}

/** The document as it was submitted where that is one picture, else a picture of each page that values stand on. */
async function imagesOf(exporter: Exporter, pictures: PagePictures, known: Known): Promise<readonly Image[]> {
  const { job, result } = known
  const { bytes } = await submittedBytes(exporter, job)
  const format = await sniff(bytes)
  const count = !manyPages.includes(format) ? 1 : (await pictures.sizes(job)).length
  const single = (name: string, data: Uint8Array): readonly Image[] => [
    { name, bytes: data, line: pairLine(known, name, result.data) },
  ]
  if (count === 1 && format !== 'pdf') return single(`${job.id}.${extensions[format]}`, bytes)
  if (count === 1) return single(`${job.id}.jpg`, (await pictures.picture(job, 1)).jpeg)
  const images: Image[] = []
  for (let page = 1; page <= count; page++) {
    const truth = dataOnPage(result, page)
    if (truth === null) continue
    const name = `${job.id}-${page}.jpg`
    const { jpeg } = await pictures.picture(job, page)
    images.push({ name, bytes: jpeg, line: pairLine(known, name, truth, page) })
  }
  return images
}

const isUnreadable = (error: unknown): error is ParallaxError =>
  error instanceof ParallaxError && (isBadInput(error.code) || error.code === 'E_DAMAGED')

/**
 * Writes documents whose values are known as training pairs in Donut's layout: images beside `metadata.jsonl`, a line an
 * image, and all rows as CSV. E_BAD_REQUEST for a folder that is not empty or cannot be made.
 */
export async function exportPairs(
  exporter: Exporter,
  folder: string,
  selection: KnownSelection,
): Promise<Exported> {
  await makeEmpty(folder)
  const pictures = openPictures(exporter, exporter.run)
  const leftOut: Exported['leftOut'][number][] = []
  let documents = 0
  await using metadata = await openLines(join(folder, 'metadata.jsonl'))
  await using tables = openTables(folder, exporter, formReader(exporter.run))
  const leaveOut: LeaveOut = ({ id }, { message: why }) => void leftOut.push({ id, why })
  for await (const known of eachKnown(exporter.store, selection, leaveOut)) {
    const images = await imagesOf(exporter, pictures, known).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error
      leaveOut(known.job, error)
      return []
    })
    if (images.length === 0) continue
    for (const { name, bytes, line } of images) {
      await writeFile(join(folder, name), bytes)
      await metadata.write(`${JSON.stringify(line)}\n`)
    }
    await tables.write(known)
    documents++
  }
  await metadata.finish()
  await tables.finish()
  return { documents, leftOut }
}

/**
 * Writes the rows of reviewed documents as they were read, and what is true, for `score` and `certify`:
 * `SOURCE/rows.jsonl` and `SOURCE/truth/ID.json`, where SOURCE is `audit` for documents that were drawn at random and
 * `review` for those that were flagged, which err more and prove nothing about the others.
 */
export async function exportTruths(
  { store }: Pick<Exporter, 'store'>,
  folder: string,
  selection: Omit<KnownSelection, 'status'>,
): Promise<Exported> {
  await makeEmpty(folder)
  const files = new Map<string, Lines>()
  const leftOut: Exported['leftOut'][number][] = []
  let documents = 0
  try {
    const reviewed: KnownSelection = { ...selection, status: ['reviewed'] }
    const leaveOut: LeaveOut = ({ id }, { message: why }) => void leftOut.push({ id, why })
    for await (const { job, result, read, source } of eachKnown(store, reviewed, leaveOut)) {
      await mkdir(join(folder, source, 'truth'), { recursive: true })
      const rows = files.get(source) ?? (await openLines(join(folder, source, 'rows.jsonl')))
      files.set(source, rows)
      await writeFile(join(folder, source, 'truth', `${job.id}.json`), JSON.stringify(result.data, null, 2))
      // The folder names the document, and so its truth, whatever its own name is.
      const file = `${job.id}/${basename(job.file)}`
      await rows.write(`${JSON.stringify({ ...withoutAudit(read), file })}\n`)
      documents++
    }
    for (const rows of files.values()) await rows.finish()
  } finally {
    for (const rows of files.values()) await rows[Symbol.asyncDispose]()
  }
  return { documents, leftOut }
}
