import { expect, test } from 'vitest'
import type { Part } from '../../core/part.ts'
import { loadType } from '../../document-types/load.ts'
import { strategyPlans } from '../../routing/strategies.ts'
import { splitOf, splitText } from './pipeline.ts'
import type { AttemptRequest } from './attempt.ts'
import { readDocument, type Reader } from './read-document.ts'
import { readDocuments } from './read-documents.ts'

const { ref: type } = await loadType('receipt', '/')

const partOf = (index: number, of: number): Part => ({
  index,
  of,
  pages: [index],
  region: null,
  probability: 0.95,
})

/** A reader of files of so many documents, which notes what it was asked to read; a reading of part `broken` fails. */
function readerOf(count: number, { doubtful = false, broken = 0 } = {}) {
  const asked: (readonly [path: string, part: number | null])[] = []
  const parts = Array.from({ length: count }, (_, i) => partOf(i + 1, count))
  const doubt = { code: 'SEVERAL_DOCUMENTS', field: null, message: 'Another document may begin on page 1.' }
  const attempt = ({ path, part, doubts = [] }: AttemptRequest) => {
    asked.push([path, part?.index ?? null])
    const index = part?.index ?? 1
    if (index === broken) throw new Error('The pen ran dry.')
    const found = { parts, doubts: doubtful ? [{ part: 1, flag: doubt }] : [] }
    const violations = part ? doubts : found.doubts.map(({ flag }) => flag)
    const extraction = { documentType: 'receipt', path, data: { total: index }, fields: {}, violations, producedBy: {}, ms: 1 } // prettier-ignore
    const score = { value: 1, fields: {}, flags: violations }
    return { ok: true, path, extraction, score, ...(part ? {} : { segmentation: found }) }
  }
  const judged = ({ attempts }: { attempts: readonly ReturnType<typeof attempt>[] }) => {
    const { data, violations } = attempts.at(-1)!.extraction
    return { data, fields: {}, flags: violations, objections: violations, score: 1, reviewPriority: 0 }
  }
  const reader: Reader = {
    run: async (task, payload) =>
      task === 'extract' ? attempt(payload as AttemptRequest) : judged(payload as never),
    plans: strategyPlans,
    ocr: 'known',
    vlm: { name: 'known', url: undefined, key: undefined, timeoutMs: 1000 },
    pageMs: 1000,
    documentMs: 60_000,
    split: 'auto',
  }
  return { reader, asked }
}

const bytes = new Uint8Array([1])
const all = async (reader: Reader, route: 'modular' | 'both' = 'modular') => {
  const results = []
  for await (const result of readDocuments(reader, bytes, type, route)) results.push(result)
  return results
}

test('every document of a file has a result of its own, in order', async () => {
  const { reader, asked } = readerOf(3)
  const results = await all(reader)
  expect(results.map(({ part, data, verdict }) => [part?.index, data, verdict])).toEqual([
    [1, { total: 1 }, 'accepted'],
    [2, { total: 2 }, 'accepted'],
    [3, { total: 3 }, 'accepted'],
  ])
  expect(asked).toEqual([['modular', null], ['modular', 2], ['modular', 3]]) // prettier-ignore
})

test('all paths read the document that the first one found', async () => {
  const { reader, asked } = readerOf(2)
  await all(reader, 'both')
  expect(asked).toEqual([['direct', null], ['modular', 1], ['direct', 2], ['modular', 2]]) // prettier-ignore
})

test('a file of one document is as it was', async () => {
  const [result, ...more] = await all(readerOf(1).reader)
  expect(more).toEqual([])
  expect(result).toMatchObject({ verdict: 'accepted', flags: [] })
  expect(result).not.toHaveProperty('part')
  expect(result).not.toHaveProperty('parts')
})

test('a document that cannot be read keeps none of the others from it', async () => {
  const results = await all(readerOf(3, { broken: 2 }).reader)
  expect(results.map(({ verdict, part }) => [part?.index, verdict])).toEqual([
    [1, 'accepted'],
    [2, 'failed'],
    [3, 'accepted'],
  ])
})

test('where one result is asked for, it is the first document, never accepted, and names all of them', async () => {
  const result = await readDocument(readerOf(2).reader, bytes, type, 'modular')
  expect(result).toMatchObject({ verdict: 'needs_review', data: { total: 1 } })
  expect(result.parts?.map(({ pages }) => pages)).toEqual([[1], [2]])
  expect(result.flags).toEqual([
    expect.objectContaining({
      code: 'SEVERAL_DOCUMENTS',
      message: expect.stringMatching(/2 documents .*#2 page 2/),
    }),
  ])
})

test('a doubt stays with its document, whichever path reads it last', async () => {
  const results = await all(readerOf(2, { doubtful: true }).reader, 'both')
  expect(results.map(({ verdict, flags }) => [verdict, flags.length])).toEqual([
    ['needs_review', 1],
    ['accepted', 0],
  ])
})

test.each([
  ['auto', true],
  ['auto', false],
  ['never', true],
] as const)(
  // prettier-ignore
  'a pipeline says whether files are split: %s',
  (split, readsWords) =>
    expect(splitOf(`parallax@1+known@2${splitText(split, 'known', readsWords)}`)).toBe(split),
)
