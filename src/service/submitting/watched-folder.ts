import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { toErrorReport } from '../../core/errors.ts'
import { unfinished, type Job } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { isDocument } from '../files/document-kinds.ts'
import { bytesOf, nameOf } from '../files/file-names.ts'
import { readInput } from '../files/intake.ts'

export interface WatchedFolder {
  readonly folder: string
  /** How long a file has to have stayed as it is before it is taken for whole, in milliseconds. */
  readonly settleMs: number
  /** Records a file; the same file with the same bytes is always the same job. */
  submit(batchId: string, file: string, bytes: Uint8Array): Promise<Job>
  find(id: string): Promise<Job | null>
  resultOf(job: Job): Promise<ExtractionResult | null>
  /** Told of every file that is done with. */
  ended(file: string, job: Job): void
  /** Told of what keeps a file from being taken or moved, once each time that begins. */
  trouble(file: string, sentence: string): void
}

/** How a file looks from outside: of one that grows or is replaced, something differs. */
interface Look {
  readonly size: number
  readonly mtimeMs: number
}

interface Seen extends Look {
  readonly since: number
}

interface Taken extends Look {
  readonly job: string
}

const isSame = (a: Look, b: Look): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs

/** Where files go that are done with. */
const folders = { done: 'done', failed: 'failed' } as const

const folderFor = ({ status }: Job): string =>
  ['failed', 'quarantined', 'cancelled'].includes(status) ? folders.failed : folders.done

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

async function isThere(path: string): Promise<boolean> {
  return stat(bytesOf(path)).then(
    () => true,
    () => false,
  )
}

/** A path in a folder under which nothing lies yet, as `a.pdf`, then `a-2.pdf`. */
async function freePath(folder: string, file: string): Promise<string> {
  const ending = extname(file)
  const stem = file.slice(0, file.length - ending.length)
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? file : `${stem}-${n}${ending}`)
    if (!(await isThere(path)) && !(await isThere(`${path}.json`))) return path
  }
}

/** Puts a file aside with its row beside it: row first, so that a moved file has one. */
async function putAway(folder: string, file: string, job: Job, row: ExtractionResult | null): Promise<void> {
  const target = join(folder, folderFor(job))
  await mkdir(target, { recursive: true })
  const path = await freePath(target, file)
  if (row) await writeFile(bytesOf(`${path}.json`), `${JSON.stringify(row, null, 2)}\n`)
  await rename(bytesOf(join(folder, file)), bytesOf(path))
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, Look>> {
  const entries = await readdir(folder, { encoding: 'buffer', withFileTypes: true })
  const files = new Map<string, Look>()
  for (const entry of entries) {
    const name = nameOf(entry.name)
    if (!entry.isFile() || /^[.~]/.test(name)) continue
    const found = await stat(bytesOf(join(folder, name))).catch(() => null)
    if (found) files.set(name, { size: found.size, mtimeMs: found.mtimeMs })
  }
  return files
}

/** What is remembered between looks, by file; whoever begins anew needs none of it. */
interface Memory {
  readonly seen: Map<string, Seen>
  readonly taken: Map<string, Taken>
  readonly troubled: Map<string, string>
}

/** Whether a file has been as it is for long enough. */
function isSettled({ seen }: Memory, file: string, look: Look, settleMs: number): boolean {
  const before = seen.get(file)
  const since = before && isSame(before, look) ? before.since : Date.now()
  seen.set(file, { ...look, since })
  return look.size > 0 && Date.now() - since >= settleMs
}

async function take(
  { folder, submit }: WatchedFolder,
  { taken }: Memory,
  file: string,
  look: Look,
): Promise<void> {
  const bytes = await readInput(join(folder, file))
  // What was written to meanwhile is looked at again.
  if (bytes.byteLength !== look.size) return
  const batchId = sha256(JSON.stringify(['watched', folder, file, sha256(bytes)])).slice(0, 32)
  const { id } = await submit(batchId, file, bytes)
  taken.set(file, { ...look, job: id })
}

/** Whether a file that was taken is done with. */
async function follow(watched: WatchedFolder, memory: Memory, file: string, id: string): Promise<boolean> {
  const job = await watched.find(id)
  if (job && unfinished.includes(job.status)) return false
  memory.taken.delete(file)
  memory.seen.delete(file)
  // One that was deleted is submitted anew.
  if (!job) return false
  await putAway(watched.folder, file, job, await watched.resultOf(job))
  watched.ended(file, job)
  return true
}

/** Whether a file is still to be dealt with. */
async function see(watched: WatchedFolder, memory: Memory, file: string, look: Look): Promise<boolean> {
  const { taken } = memory
  const before = taken.get(file)
  // What has changed since it was taken is another document.
  if (before && !isSame(before, look)) taken.delete(file)
  const now = taken.get(file)
  if (now) return !(await follow(watched, memory, file, now.job))
  if (!(await isDocument(join(watched.folder, file)))) return false
  if (isSettled(memory, file, look, watched.settleMs)) await take(watched, memory, file, look)
  return true
}

/**
 * Takes the documents that arrive in a folder, each once it has stopped growing, and moves it to `done` or `failed` with its
 * row beside it when it was read. All that it has to remember is in the ledger: whoever begins anew finds the same jobs.
 */
export function watchFolder(watched: WatchedFolder) {
  const memory: Memory = { seen: new Map(), taken: new Map(), troubled: new Map() }
  const { troubled } = memory

  function tell(file: string, error: unknown): void {
    const { message } = toErrorReport(error)
    if (troubled.get(file) !== message) watched.trouble(file, message)
    troubled.set(file, message)
  }

  return {
    /** Looks once; answers how many documents wait there or are being read. */
    async look(): Promise<number> {
      const files = await filesIn(watched.folder)
      for (const known of Object.values(memory) as Map<string, unknown>[])
        for (const file of [...known.keys()]) if (!files.has(file)) known.delete(file)
      let open = 0
      for (const [file, look] of files) {
        const isOpen = await see(watched, memory, file, look).then(
          (is) => (troubled.delete(file), is),
          (error: unknown) => (tell(file, error), false),
        )
        if (isOpen) open++
      }
      return open
    },
  }
}
