import { expect, test } from 'vitest'
import { Transcript } from './transcript.ts'

const token = (text: string, logprob: number) => ({ token: text, logprob })

test('a character of several tokens is as sure as all of them', () => {
  const transcript = new Transcript()
  transcript.add({ delta: { content: '' }, logprobs: { content: [token('\\xc3', -1)] } })
  transcript.add({ delta: { content: 'é' }, logprobs: { content: [token('\\xa9', -2)] } })
  transcript.add({ delta: { content: 'ab' }, logprobs: { content: [token('a', -3), token('b', -4)] } })
  expect(transcript.end('stop')).toEqual({
    text: 'éab',
    usable: 3,
    stopReason: 'end',
    spans: [
      { start: 0, end: 1, logprob: -3 },
      { start: 1, end: 2, logprob: -3 },
      { start: 2, end: 3, logprob: -4 },
    ],
  })
})

test('what a model thinks beside its answer does not count', () => {
  const transcript = new Transcript()
  transcript.add({ delta: { content: null }, logprobs: { content: [token('hm', -5)] } })
  transcript.add({ delta: { content: 'a' }, logprobs: { content: [token('a', -1)] } })
  expect(transcript.end('stop').spans).toEqual([{ start: 0, end: 1, logprob: -1 }])
})

test.each([
  ['stop', 'end'],
  ['length', 'length'],
  ['content_filter', 'length'],
])('%s is %s', (finish, reason) => {
  expect(new Transcript().add({ finish_reason: finish })).toMatchObject({ stopReason: reason })
})
