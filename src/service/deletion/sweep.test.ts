import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { beforeEach, expect, test } from 'vitest'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { sampleResult, sampleWork } from '../../stores/samples.case.ts'
import { inspect, strangers } from './inspect.ts'
import { testRecords } from './records.case.ts'
import { sweepUploads, uploadFolder, uploadsIn } from './sweep-uploads.ts'
import { freshMs, sweep } from './sweep.ts'

let home: string
let store: JobStore
let blobs: BlobStore
const opened = testRecords()
beforeEach(() => {
  ;({ home, store, blobs } = opened)
})

const records = () => ({ store, blobs })
const bytesOf = (text: string) => new TextEncoder().encode(text)
const pathOf = (name: string) => join(home, 'blobs', 'sha256', name.slice(0, 2), name)
const long = new Date(Date.now() - 2 * freshMs)

async function put(text: string, isOld = true): Promise<string> {
  const blob = await blobs.put(bytesOf(text))
  if (isOld) await utimes(pathOf(blob), long, long)
  return blob
}

async function submit(place: number, text: string, templates: string | null = null): Promise<Job> {
  const blob = await put(text)
  return store.submit('b', place, `${text}.png`, sampleWork(text, { blob, templates }))
}

function damage(statement: string): void {
  const database = new Database(join(home, 'ledger.sqlite'))
  database.exec(statement)
  database.close()
}

test('what belongs to no document goes once it is old, and nothing else', async () => {
  const templates = await put('templates')
  const { key } = await submit(0, 'needed', templates)
  const [left, fresh] = [await put('left'), await put('fresh', false)]
  const torn = `${left}.${randomUUID()}.tmp`
  await writeFile(pathOf(torn), 'to')
  expect(await sweep(records())).toEqual({ blobs: [left], unfinished: [] })
  await utimes(pathOf(torn), long, long)
  expect(await sweep(records())).toEqual({ blobs: [], unfinished: [torn] })
  expect(await blobs.has(left)).toBe(false)
  for (const kept of [templates, fresh, (await store.work(key))!.blob])
    expect(await blobs.has(kept)).toBe(true)
  expect((await readdir(join(home, 'blobs', 'sha256', left.slice(0, 2)))).sort()).toEqual([])
})

test('what is put again while it is swept is there when its submission is recorded', async () => {
  const blob = await put('raced')
  const racing: JobStore = {
    ...store,
    async removeBlob(sha256, remove) {
      await submit(0, 'raced')
      return store.removeBlob(sha256, remove)
    },
  }
  await sweep({ store: racing, blobs })
  expect(await blobs.has(blob)).toBe(true)
})

test('while work is damaged, what may be its file stays', async () => {
  await submit(0, 'victim')
  const left = await put('left')
  damage(`UPDATE works SET blob = '${'0'.repeat(64)}'`)
  expect((await sweep(records())).blobs).toEqual([])
  expect(await blobs.has(left)).toBe(true)
})

test('strange files among the documents are told, and left alone', async () => {
  await put('a page')
  await mkdir(join(home, 'blobs', 'sha256', 'a folder'))
  await writeFile(join(home, 'blobs', 'notes.txt'), '')
  await utimes(join(home, 'blobs', 'notes.txt'), long, long)
  await sweep(records())
  expect([...(await strangers(records()))].sort()).toEqual(['notes.txt', join('sha256', 'a folder')])
})

const hostOf = () => /[0-9a-f]{8}/.exec(uploadFolder(home).slice(uploadsIn(home).length))![0]

test('uploads of a process that is gone are removed at once, those of others when they are old', async () => {
  await sweepUploads(home)
  const gone = `${hostOf()}-4194305-12345678-${randomUUID()}`
  const before = `${hostOf()}-${process.pid}-12345678-${randomUUID()}`
  const alive = `${hostOf()}-${process.ppid}-12345678-${randomUUID()}`
  const elsewhere = `00000000-4194305-12345678-${randomUUID()}`
  const own = uploadFolder(home)
  for (const name of [gone, before, alive, elsewhere]) await mkdir(join(uploadsIn(home), name))
  await mkdir(own)
  await writeFile(join(own, 'part'), '')
  await utimes(own, long, long)
  expect([...(await sweepUploads(home))].sort()).toEqual([gone, before].sort())
  for (const name of [alive, elsewhere]) await utimes(join(uploadsIn(home), name), long, long)
  expect([...(await sweepUploads(home))].sort()).toEqual([alive, elsewhere].sort())
  expect(await readdir(own)).toEqual(['part'])
})

async function findings(deep = true, isMended = false): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {}
  for await (const { what, names, mend } of inspect({ ...records(), home, deep }))
    if (names.length > 0) found[what] = isMended ? await mend() : names
  return found
}

test('in good order nothing is found', async () => {
  await submit(0, 'a page')
  await put('fresh', false)
  expect(await findings()).toEqual({})
})

test('all that is wrong is found by name, and what can be is mended', async () => {
  const [missing, torn, edited, deleted] = [
    await submit(0, 'missing'),
    await submit(1, 'torn'),
    await submit(2, 'edited'),
    await submit(3, 'deleted'),
  ]
  const lease = await store.lease('edited')
  await store.finish('edited', lease!.token, 'accepted', sampleResult())
  damage(`UPDATE results SET result = replace(result, '9', '8')`)
  const { blobs: owed } = (await store.delete(deleted.id))!
  await blobs.delete((await store.work('missing'))!.blob)
  await writeFile(pathOf((await store.work('torn'))!.blob), 'other bytes')
  const left = await put('left')
  await sweepUploads(home)
  const upload = `${hostOf()}-4194305-12345678-${randomUUID()}`
  await mkdir(join(uploadsIn(home), upload))

  const unmended = {
    'documents whose file is gone': [missing.id],
    'documents whose file is damaged': [torn.id],
  }
  expect(await findings()).toEqual({
    ...unmended,
    'damaged entries of the ledger': [`result of ${edited.id}`],
    'unfinished deletions': [...owed, 'the ledger, to be written anew'],
    'files that belong to no document': expect.arrayContaining([left, ...owed]),
    'uploads that were cut short': [upload],
  })
  expect(await findings(true, true)).toMatchObject({ ...unmended, 'uploads that were cut short': [] })
  expect(await findings()).toEqual(unmended)
  expect(await findings(false)).toEqual({ 'documents whose file is gone': [missing.id] })
  expect(await store.get(edited.id)).toMatchObject({ status: 'failed', error: { code: 'E_DAMAGED' } })
  expect(await blobs.has(createHash('sha256').update('left').digest('hex'))).toBe(false)
})
