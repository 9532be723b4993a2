import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtChild } from '../../compute/built-child.case.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { Ledger } from '../../core/ledger.ts'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { sampleWork } from '../../stores/samples.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { operations, type Operation } from './killed.case.ts'
import { prefixes, sweep } from './sweep.ts'

// Killed before and after every write, nothing that was acknowledged is lost, and nothing stays that belongs to nothing.

const child = builtChild(join(import.meta.dirname, 'killed.child.ts'))

interface Data {
  readonly home: string
  readonly store: Ledger
  readonly blobs: BlobStore
}

async function inData<T>(home: string, use: (data: Data) => Promise<T>): Promise<T> {
  const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
  try {
    return await use({ home, store, blobs: fileBlobs(join(home, 'blobs')) })
  } finally {
    await store.close()
  }
}

/** What it said before it ended; empty where it was killed. */
const run = (home: string, operation: Operation, nth: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = [child, home, operation, String(nth)]
    execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error && error.signal !== 'SIGKILL') reject(new Error(stderr, { cause: error }))
      else resolve(stdout)
    })
  })

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** All files among the blobs, by name. */
async function filesIn(home: string): Promise<string[]> {
  const entries = await readdir(join(home, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
}

/** Every blob that is needed is there with its bytes, and nothing else. */
async function expectOrder({ home, store, blobs }: Data): Promise<void> {
  const needed: string[] = []
  for (const prefix of prefixes) needed.push(...(await store.neededBlobs(prefix)))
  expect(await filesIn(home)).toEqual([...new Set(needed)].sort())
  for (const blob of needed) expect(await blobs.get(blob)).not.toBeNull()
  expect(await store.removals(10)).toEqual([])
  expect(await store.isCompactionOwed()).toBe(false)
}

/** A document that has nothing to do with it. */
async function keepOne({ store, blobs }: Data): Promise<void> {
  const blob = await blobs.put(bytesOf('kept'))
  await store.openBatch('kept', { tenant: 'b' })
  await store.submit('kept', 0, 'kept.jpg', sampleWork('kept', { blob }))
}

/** What a deletion and a submission that were cut short have left. */
async function leaveBehind({ home, store, blobs }: Data): Promise<void> {
  for (const text of ['left', 'over']) await blobs.put(bytesOf(text))
  const blob = await blobs.put(bytesOf('owed'))
  await writeFile(join(home, 'blobs', 'sha256', blob.slice(0, 2), `${blob}.${randomUUID()}.tmp`), 'ow')
  await store.openBatch('owed', { tenant: 'a' })
  await store.delete((await store.submit('owed', 0, 'owed.jpg', sampleWork('owed', { blob }))).id)
}

const preparations: Readonly<Record<Operation, (data: Data) => Promise<unknown>>> = {
  submit: keepOne,
  delete: (data) => Promise.all([keepOne(data), operations.submit(data)]),
  sweep: (data) => Promise.all([keepOne(data), leaveBehind(data)]),
}

/** Kills it at one place after the other until it comes through; answers how many places there were. */
async function killEverywhere(
  operation: Operation,
  look: (data: Data, said: string) => Promise<void>,
): Promise<number> {
  for (let nth = 1; ; nth++) {
    const home = await mkdtemp(join(tmpdir(), 'parallax-killed-'))
    try {
      await inData(home, preparations[operation])
      const said = await run(home, operation, nth)
      await inData(home, async (data) => {
        await sweep(data, -1)
        await look(data, said)
      })
      if (said !== '') return nth
    } finally {
      await rm(home, { recursive: true })
    }
  }
}

const documents = async ({ store }: Data): Promise<readonly string[]> =>
  (await store.list({ tenant: 'a' })).map(({ file }) => file)

const all = ['one.jpg', 'two.jpg', 'one.jpg']

test.concurrent.each(['submit', 'delete', 'sweep'] as const)(
  '%s',
  { timeout: 240_000 },
  async (operation) => {
    const places = await killEverywhere(operation, async (data, said) => {
      await expectOrder(data)
      expect(await data.store.list({ tenant: 'b' })).toMatchObject([{ file: 'kept.jpg' }])
      if (operation === 'submit')
        expect(said === '' ? [all, []] : [all]).toContainEqual(await documents(data))
      await operations[operation](data)
      expect(await documents(data)).toEqual(operation === 'submit' ? all : [])
      await expectOrder(data)
    })
    expect(places).toBeGreaterThan(4)
  },
)
