import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openWorkplace, ocr, resultsOf, sample, type Workplace } from '../cli/command.case.ts'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { createParallax, ParallaxError, receiptSchema, type Parallax, type TypedResult } from '../index.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ticket = sample('sg-ticket-skew-34')
const read = { merchant: { name: 'HOLLOWICK FOODMART' }, date: '2022-09-08', total: 15.96 }
const modular = { route: 'modular' } as const

let place: Workplace
let parallax: Parallax
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.path('scans'))
  await copyFile(ticket, place.path('scans', 'a.jpg'))
  await writeFile(place.path('scans', 'b.txt'), 'no image')
  await writeFile(place.path('scans', 'truth.json'), '{}')
  parallax = await createParallax({ home: place.home, ocr, accept: 'uncalibrated', concurrency: 2 })
})
afterAll(async () => {
  await parallax.close()
  await place[Symbol.asyncDispose]()
})

async function all<T>(rows: AsyncIterable<TypedResult<T>>): Promise<readonly TypedResult<T>[]> {
  const list: TypedResult<T>[] = []
  for await (const result of rows) list.push(result)
  return list
}

/** Without what no two readings have in common. */
const lasting = ({ ms: _, attempts, ...result }: ExtractionResult | TypedResult<unknown>) => ({
  ...result,
  attempts: attempts.map(({ ms: _, ...attempt }) => attempt),
})

test('rows are those of the command line, whatever is wrong with a document', async () => {
  const files = [place.path('scans/a.jpg'), place.path('scans/b.txt'), place.path('nothing.jpg')]
  const { stdout } = await place.run(['extract', ...files, '--route', 'modular', '--format', 'jsonl'])
  const results = await all(parallax.extractAll(files, modular))
  expect(results.map(({ error }) => error?.code)).toEqual([undefined, 'E_NOT_IMAGE', 'E_NOT_FOUND'])
  expect(results.map(lasting)).toEqual(resultsOf(stdout).map(lasting))
})

describe('a document', () => {
  test('is a path, bytes, or bytes under a name', async () => {
    const bytes = await readFile(ticket)
    const rows = []
    for (const document of [ticket, bytes, { name: 'b.jpg', bytes }])
      rows.push(await parallax.extract(document, modular))
    expect(rows.map(({ file }) => file)).toEqual([ticket, 'document', 'b.jpg'])
    for (const row of rows) expect(row.data).toMatchObject(read)
  })

  test('has data of the type that was asked for, or does not fit it', async () => {
    const result = await parallax.extract(ticket, { ...modular, schema: receiptSchema })
    if (result.error !== null) throw new Error(result.error.message)
    const total: number | null = result.data.total
    expect(total).toBe(15.96)
    const schema = z.object({ total: z.string() })
    expect(await parallax.extract(ticket, { ...modular, schema })).toMatchObject({
      verdict: 'failed',
      data: null,
      error: { code: 'E_SCHEMA_MISMATCH', message: expect.stringContaining('/total') },
    })
  })

  test('is of a type in a file, which is loaded anew when it has changed', async () => {
    const file = place.path('slip.ts')
    const slip = (pointer: string) => `import { z } from 'zod'
import { anchor, defineDocumentType, money, template } from 'parallax'
export default defineDocumentType({
  name: 'slip',
  schema: z.object({ ${pointer}: z.number().nullable() }),
  required: [],
  template: template({ '/${pointer}': anchor('Total', { as: money }) }),
  rules: [],
})`
    const extract = () => parallax.extract(ticket, { ...modular, type: file })
    await writeFile(file, slip('total'))
    expect(await extract()).toMatchObject({ documentType: 'slip', data: { total: expect.any(Number) } })
    await writeFile(file, slip('sum'))
    expect(await extract()).toMatchObject({ error: { code: 'E_TYPE_INVALID' } })
    expect(await extract()).toMatchObject({ data: { sum: expect.any(Number) } })
  })
})

describe('many documents', () => {
  test('are a folder, without what lies beside documents', async () => {
    const results = await all(parallax.extractAll(place.path('scans'), modular))
    expect(results.map(({ file }) => file)).toEqual([place.path('scans/a.jpg')])
  })

  test('are taken as their rows are, and no more when nobody takes any', async () => {
    let taken = 0
    async function* endless() {
      for (;;) yield { name: `${taken++}`, bytes: new Uint8Array(10) }
    }
    const files: string[] = []
    for await (const { file } of parallax.extractAll(endless(), modular)) if (files.push(file) === 3) break
    expect(files).toEqual(['0', '1', '2'])
    const then = taken
    expect(then).toBeLessThan(20)
    expect((await parallax.extract(ticket, modular)).error).toBeNull()
    expect(taken).toBe(then)
  })

  test('end with the reason of their signal', async () => {
    const gone = new AbortController()
    const reason = new Error('enough')
    const rows = parallax.extractAll([ticket, ticket], { ...modular, signal: gone.signal })
    const taken = all(rows)
    gone.abort(reason)
    await expect(taken).rejects.toBe(reason)
    await expect(parallax.extract(ticket, { signal: gone.signal })).rejects.toBe(reason)
  })
})

describe('what cannot be carried out is refused', () => {
  const refused = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'nothing',
      (error: unknown) => (error as ParallaxError).code,
    )

  test('a setting, a type, a folder, an engine', async () => {
    await expect(createParallax({ memoryMb: 1 })).rejects.toThrow(/setting memoryMb/)
    await expect(createParallax({ engine: 'x' } as object)).rejects.toThrow(ParallaxError)
    expect(await refused(createParallax({ certificate: place.path('scans/b.txt') }))).toBe('E_BAD_REQUEST')
    expect(await refused(parallax.extract(ticket, { type: 'poem' }))).toBe('E_BAD_REQUEST')
    expect(await refused(all(parallax.extractAll(place.path('*.pdf'))))).toBe('E_BAD_REQUEST')
    await using other = await createParallax({ ocr: 'no-engine' })
    expect(await refused(other.extract(ticket))).toBe('E_BAD_REQUEST')
  })

  test('anything after the end', async () => {
    const ended = await createParallax({ ocr })
    await ended.close()
    await ended[Symbol.asyncDispose]()
    expect(await refused(ended.extract(ticket))).toBe('E_BAD_REQUEST')
  })
})
