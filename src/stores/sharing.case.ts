import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { builtChild } from '../compute/built-child.case.ts'
import { openLedger } from './open-ledger.ts'
import { sampleWork } from './samples.case.ts'

const child = (name: string): string => builtChild(join(import.meta.dirname, name))

/** What a ledger keeps over the end of a process, and beside other processes. */
export function testSharing(newUrl: () => Promise<string>): void {
  let url: string
  beforeEach(async () => void (url = await newUrl()))
  const open = async () => (await openLedger(url, '/')).store

  test('keeps everything over a reopening', async () => {
    const first = await open()
    await first.openBatch('b')
    const job = await first.submit('b', 0, 'a.png', sampleWork('k'))
    await first.close()
    const second = await open()
    expect(await second.list({})).toEqual([job])
    await second.close()
  })

  test('is made once by those who open it at the same time', async () => {
    const ledgers = await Promise.all(Array.from({ length: 4 }, open))
    await ledgers[0]!.openBatch('b')
    for (const ledger of ledgers) expect(await ledger.batch('b')).toMatchObject({ id: 'b' })
    await Promise.all(ledgers.map((ledger) => ledger.close()))
  })

  test('has all that a process which is killed said was recorded, and no batch in part', async () => {
    const submitting = spawn(process.execPath, [child('submitting.child.ts'), url])
    const said: string[] = []
    for await (const line of createInterface({ input: submitting.stdout })) {
      said.push(line)
      if (said.length === 100) submitting.kill('SIGKILL')
    }
    if (submitting.exitCode === null && submitting.signalCode === null) await once(submitting, 'exit')
    const store = await open()
    const ids = (await store.batches({ limit: 100_000 })).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(said))
    for (const batchId of ids) expect(await store.list({ batchId })).toHaveLength(3)
    await store.close()
  })

  test('is shared by processes that open it at the same time: one job a place, one result a key', async () => {
    const rounds = 150
    const runs = await Promise.all(
      ['p1', 'p2', 'p3'].map((name) =>
        promisify(execFile)(process.execPath, [child('working.child.ts'), url, name, String(rounds)]),
      ),
    )
    const finished = runs.map(({ stdout }) => Number(stdout))
    expect(finished.reduce((a, b) => a + b)).toBe(rounds)
    const store = await open()
    expect(await store.counts()).toMatchObject({ accepted: rounds, queued: 0, running: 0 })
    expect(await store.list({ limit: 1000 })).toHaveLength(rounds)
    await store.close()
  })
}
