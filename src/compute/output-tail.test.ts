import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createOutputTail } from './output-tail.ts'

it('keeps the last 2 KB of all streams, characters whole', async () => {
  const streams = [new PassThrough(), new PassThrough()] as const
  const tail = createOutputTail(streams)
  const euro = Buffer.from('€')
  streams[0].write('x'.repeat(5000))
  streams[0].write(euro.subarray(0, 1))
  streams[0].write(euro.subarray(1))
  streams[1].end('end')
  await new Promise((resolve) => streams[1].once('end', resolve))
  expect(tail()).toBe(`${'x'.repeat(2044)}€end`)
})
