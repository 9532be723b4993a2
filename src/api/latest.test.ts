import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { latestTo } from './latest.ts'

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${from + i} of what happens\n`)

const held = (stream: PassThrough): number => stream.readableLength + stream.writableLength

test('for somebody who does not read, no more is kept however much is said, and the last of it is', async () => {
  const stream = new PassThrough()
  const { say, end } = latestTo(stream)
  lines(0, 10_000).forEach(say)
  const before = held(stream)
  lines(10_000, 100_000).forEach(say)
  expect(held(stream)).toBe(before)
  end('the end\n')
  const said = (await text(stream)).trimEnd().split('\n')
  expect(said.slice(-2)).toEqual(['99999 of what happens', 'the end'])
  expect(said.length).toBeLessThan(5_000)
})

test('somebody who reads is told everything, and goes on being told after a pause', async () => {
  const stream = new PassThrough()
  const { say, end } = latestTo(stream)
  const heard = text(stream)
  for (const line of lines(0, 500)) {
    say(line)
    if (stream.writableNeedDrain) await setImmediate()
  }
  end('')
  expect(await heard).toBe(lines(0, 500).join(''))

  const slow = new PassThrough()
  const paused = latestTo(slow)
  lines(0, 10_000).forEach(paused.say)
  slow.resume()
  while (slow.writableNeedDrain) await setImmediate()
  let last = ''
  slow.on('data', (chunk: Buffer) => (last = String(chunk)))
  paused.say('news\n')
  await setImmediate()
  expect(last).toBe('news\n')
})
