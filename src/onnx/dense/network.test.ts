import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Page } from '../../core/document.ts'
import { identity } from '../../core/geometry.ts'
import { openModel } from '../model-folder.ts'
import { openSession, type FloatTensor, type IntTensor } from '../session.ts'
import { openDense } from './network.ts'

const model = await openModel('receipt-dense/1')
const tensorSchema = z.object({ shape: z.array(z.int()), data: z.array(z.number()) })
const tensorsSchema = z.record(z.string(), tensorSchema)
const golden = z
  .record(z.string(), z.object({ inputs: tensorsSchema, outputs: tensorsSchema }))
  .parse(JSON.parse((await model.read('golden.json')).toString()))

const integers = new Set(['stretches', 'chars'])

const toTensor = (name: string, { shape, data }: z.infer<typeof tensorSchema>): FloatTensor | IntTensor =>
  integers.has(name)
    ? { shape, data: BigInt64Array.from(data.map(BigInt)) }
    : { shape, data: Float32Array.from(data) }

/** Mean absolute value. */
const size = (values: readonly number[]): number =>
  values.reduce((s, v) => s + Math.abs(v), 0) / values.length

// Networks in 8 bits: versions of the runtime round at other places, and single values fall on the other side of a step.
describe('agrees with the training', () => {
  test.each(Object.keys(golden))('in the part %s', async (part) => {
    const { inputs, outputs } = golden[part]!
    const session = await openSession(await model.read(`${part}.onnx`))
    const made = await session.run(
      Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toTensor(name, value)])),
    )
    for (const [name, { shape, data }] of Object.entries(outputs)) {
      expect(made[name]!.shape).toEqual(shape)
      const off = size(data.map((v, i) => v - made[name]!.data[i]!))
      expect(off, name).toBeLessThan(0.005 + 0.1 * size(data))
    }
    await session.close()
  })
})

const blank: Page = {
  number: 2,
  image: { data: new Uint8Array(300 * 400).fill(255), width: 300, height: 400 },
  toSubmitted: identity,
  quality: { sharpness: 0, skew: 0 },
}

test('a blank page has no lines, words or entities', async () => {
  const network = await openDense(model)
  const read = await network.read(blank, await network.detect(blank))
  expect(read.page).toEqual({ page: 2, lines: [] })
  expect(await network.label(read)).toEqual([])
  await network.close()
})

test('a page without pixels cannot be read', async () => {
  const network = await openDense(model)
  const empty = { ...blank, image: { data: new Uint8Array(), width: 0, height: 0 } }
  await expect(network.detect(empty)).rejects.toMatchObject({ code: 'E_ENGINE' })
  await network.close()
})

test('a manifest of another kind is refused', async () => {
  await expect(openDense(await openModel('receipt-tagger/1'))).rejects.toMatchObject({ code: 'E_ENGINE' })
})
