import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Word } from '../core/document.ts'
import { boxSchema } from '../core/geometry.ts'
import { openModel } from '../onnx/model-folder.ts'
import { openSession, type Session } from '../onnx/session.ts'
import { testEntityTagger } from './contract.case.ts'
import { openTokenTagger } from './token-tagger.ts'
import { decodeEntities, lineOfWords } from '../onnx/tokens/decode.ts'
import { charsOf, featuresOf } from '../onnx/tokens/features.ts'
import { taggerManifestSchema } from '../onnx/tokens/manifest.ts'
import { predict } from '../onnx/tokens/windows.ts'

const model = await openModel('receipt-tagger/1')
const manifest = taggerManifestSchema.parse(model.manifest)
const tagger = await openTokenTagger(model)

testEntityTagger('receipt-tagger', () => tagger)

const goldenSchema = z.object({
  words: z.array(z.tuple([z.string(), z.number(), boxSchema, z.int()])),
  chars: z.array(z.array(z.int())),
  features: z.array(z.array(z.number())),
  logits: z.array(z.array(z.number())),
  starts: z.array(z.number()),
  entities: z.array(
    z.object({ label: z.string(), words: z.array(z.int()), confidence: z.number(), group: z.int() }),
  ),
})
const golden = goldenSchema.parse(JSON.parse((await model.read('golden.json')).toString()))

const lines = golden.words.reduce<{ words: Word[]; box: Word['box'] }[]>(
  (all, [text, confidence, box, line]) => {
    all[line] ??= { words: [], box }
    all[line].words.push({ text, confidence, box })
    return all
  },
  [],
)

/** The training computed the same page; weights are stored in half precision. */
describe('agrees with the training on a page', () => {
  const words = lines.flatMap((line) => line.words)
  const chars = charsOf(words, manifest.features)
  const features = featuresOf(lines, manifest.features)

  test('what the network is given', () => {
    expect(Array.from(chars.data, Number)).toEqual(golden.chars.flat())
    golden.features.flat().forEach((v, i) => expect(features.data[i], `number ${i}`).toBeCloseTo(v, 4))
  })

  test('what the network answers', async () => {
    const session = await openSession(await model.read('model.onnx'))
    const { logits, starts } = await predict(session, chars, features, manifest.windows)
    const differences = golden.logits.flatMap((row, i) => row.map((v, j) => Math.abs(v - logits[i]![j]!)))
    expect(Math.max(...differences)).toBeLessThan(0.1)
    expect(Math.max(...golden.starts.map((v, i) => Math.abs(v - starts[i]!)))).toBeLessThan(0.1)
    await session.close()
  })

  test('which entities that makes', () => {
    const logits = golden.logits.map((row) => Float32Array.from(row))
    const entities = decodeEntities({ logits, starts: golden.starts }, manifest, lineOfWords(lines))
    const expected = golden.entities.map(({ group, ...e }) => ({ ...e, group: group < 0 ? null : group }))
    expect(entities.map(({ confidence: _, ...e }) => e)).toEqual(expected.map(({ confidence: _, ...e }) => e))
    entities.forEach((e, i) => expect(e.confidence).toBeCloseTo(expected[i]!.confidence, 2))
  })
})

test('takes each word from the pass that sees most around it', async () => {
  const seen: number[] = []
  /** Answers for every word its own number and the pass it was in. */
  const session: Session = {
    async run({ features }) {
      const data = features!.data as Float32Array
      seen.push(data.length)
      return {
        logits: { data, shape: [data.length, 1] },
        starts: { data: data.map(() => seen.length), shape: [data.length] },
      }
    },
    close: async () => {},
  }
  const chars = { data: new BigInt64Array(10), shape: [10, 1] }
  const features = { data: Float32Array.from({ length: 10 }, (_, i) => i), shape: [10, 1] }
  const { logits, starts } = await predict(session, chars, features, { size: 6, stride: 4 })
  expect(seen).toEqual([6, 6])
  expect(logits.map(([v]) => v)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(starts).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
})

test('numbers records through all pages', async () => {
  const page = (number: number) => ({ page: number, lines })
  const records = (await tagger.tag([page(1), page(2)])).filter((e) => e.group !== null)
  const groupsOf = (number: number) => records.filter((e) => e.page === number).map((e) => e.group!)
  expect(groupsOf(1)).toEqual([...groupsOf(1)].sort((a, b) => a - b))
  expect(Math.min(...groupsOf(2))).toBeGreaterThan(Math.max(...groupsOf(1)))
})

test('refuses a model of another kind', async () => {
  const other = { ...model, manifest: { name: 'x', version: '1', files: {} } }
  await expect(openTokenTagger(other)).rejects.toThrow('no tagger')
})
