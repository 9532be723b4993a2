import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fileBlobs } from '../stores/file-blobs.ts'
import { sampleResult, sampleWork } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 120_000 })

let place: Workplace
beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(() => place[Symbol.asyncDispose]())

const pathOf = (blob: string) => join(place.home, 'blobs', 'sha256', blob.slice(0, 2), blob)

/** Three documents that were read, by their jobs, with the blob of each. */
async function fill(): Promise<readonly { readonly id: string; readonly blob: string }[]> {
  const ledger = await openSqliteLedger(join(place.home, 'ledger.sqlite'))
  const blobs = fileBlobs(join(place.home, 'blobs'))
  await ledger.openBatch('b')
  const filled = []
  for (const [n, text] of ['one', 'two', 'three'].entries()) {
    const blob = await blobs.put(new TextEncoder().encode(text))
    const { id } = await ledger.submit('b', n, `${text}.png`, sampleWork(text, { blob }))
    const claim = await ledger.claim(text)
    await ledger.finish(text, claim!.token, 'accepted', sampleResult({ data: { total: n } }))
    filled.push({ id, blob })
  }
  await ledger.close()
  return filled
}

function damage(statement: string): void {
  const database = new Database(join(place.home, 'ledger.sqlite'))
  database.exec(statement)
  database.close()
}

test('a data folder in order is said to be so', async () => {
  await fill()
  const { code, stdout } = await place.run(['doctor', '--data', '--deep'])
  expect(stdout).toContain('The data folder is in order.')
  expect(stdout).not.toContain('✗')
  expect(code).toBe(0)
})

test('what is left behind, missing and damaged is named, and mended as far as that goes', async () => {
  const [one, two, three] = await fill()
  await rm(pathOf(one!.blob))
  await writeFile(pathOf(two!.blob), 'other bytes')
  damage(`UPDATE results SET result = replace(result, '"total":2', '"total":99') WHERE key = 'three'`)
  const left = await fileBlobs(join(place.home, 'blobs')).put(new TextEncoder().encode('left'))
  await utimes(pathOf(left), 1, 1)
  await mkdir(dirname(pathOf(left)), { recursive: true })
  await writeFile(join(place.home, 'blobs', 'notes.txt'), 'mine')

  const found = await place.run(['doctor', '--data', '--deep'])
  expect(found.code).toBe(1)
  expect(found.stdout).toContain(`1: ${left}`)
  expect(found.stdout).toMatch(RegExp(`file is gone +1: ${one!.id}`))
  expect(found.stdout).toMatch(RegExp(`file is damaged +1: ${two!.id}`))
  expect(found.stdout).toMatch(RegExp(`ledger +1: result of ${three!.id}`))
  expect(found.stdout).toMatch(/left alone +notes.txt/)
  expect(found.stdout).toContain('parallax doctor --data --repair')

  const mended = await place.run(['doctor', '--repair'])
  expect(mended.stdout).toMatch(/ledger +1 mended/)
  expect(mended.stdout).toContain('Submit the files of these jobs again.')
  expect(mended.code).toBe(1)

  const shown = await place.run(['jobs', 'show', three!.id])
  expect(shown.stdout).toContain(`parallax jobs retry ${three!.id}`)
  expect((await place.run(['jobs', 'retry', three!.id])).stdout).toContain('1 job queued again')
  expect((await place.run(['delete', one!.id, two!.id])).stdout).toContain('2 documents deleted')
  const after = await place.run(['doctor', '--data', '--deep'])
  expect(after.stdout).toContain('The data folder is in order.')
  expect(after.code).toBe(0)
})
