import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSession, type Session } from './session.ts'

/** sum = a + float(b); a: float32 [n, 2], b: int64 [n, 2]. */
const adder = Buffer.from(
  'CAg6cgoXCgFiEgFjIgRDYXN0KgkKAnRvGAGgAQIKEAoBYQoBYxIDc3VtIgNBZGQSAWdaFAoBYRIPCg0IARIJCgMSAW4KAggCWhQKAWISDwoNCAcSCQoDEgFuCgIIAmIWCgNzdW0SDwoNCAESCQoDEgFuCgIIAkIECgAQEg==',
  'base64',
)
const floats = (...values: number[]) => ({ data: Float32Array.from(values), shape: [values.length / 2, 2] })
const whole = (...values: number[]) => ({
  data: BigInt64Array.from(values, BigInt),
  shape: [values.length / 2, 2],
})

let session: Session
beforeAll(async () => {
  session = await openSession(adder)
})
afterAll(() => session.close())

it('computes tensors of several types and lengths', async () => {
  const { sum } = await session.run({ a: floats(0.5, 1.5), b: whole(1, 2) })
  expect(sum).toEqual({ data: Float32Array.of(1.5, 3.5), shape: [1, 2] })
  const longer = await session.run({ a: floats(1, 2, 3, 4), b: whole(1, 1, 1, 1) })
  expect(longer['sum']!.shape).toEqual([2, 2])
})

it('says in a sentence when the inputs do not fit, and goes on', async () => {
  await expect(session.run({ a: floats(1, 2) })).rejects.toMatchObject({ code: 'E_ENGINE' })
  expect((await session.run({ a: floats(1, 2), b: whole(0, 0) }))['sum']!.data).toEqual(Float32Array.of(1, 2))
})

it.each([
  ['bytes that are no model', Buffer.from('no model')],
  ['a file that is not there', '/nowhere/model.onnx'],
])('refuses %s', (_, model) => expect(openSession(model)).rejects.toMatchObject({ code: 'E_ENGINE' }))

it('lets the runtime send nothing', () => expect(process.env['ORT_DISABLE_TELEMETRY']).toBe('1'))
