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
    thoughts: '',
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

test.each([
  [{ reasoning_content: 'hm' }],
  [{ reasoning: 'hm' }],
  [{ thinking: 'hm' }],
  [{ content: '', reasoning_content: 'hm', reasoning: 'hm' }],
  [{ content: [{ type: 'thinking' as const, thinking: [{ text: 'h' }, { text: 'm' }] }] }],
])('thoughts that a server sends apart are kept apart: %j', (delta) => {
  const transcript = new Transcript()
  transcript.add({ delta })
  transcript.add({ delta: { content: [{ type: 'text', text: 'a' }] } })
  expect(transcript.end('stop')).toMatchObject({ text: 'a', thoughts: 'hm' })
})

test('a thought that repeats itself without end is stopped', () => {
  const transcript = new Transcript()
  const ends = Array.from({ length: 100 }, () =>
    transcript.add({ delta: { reasoning: 'But wait, is it so, then? ' } }),
  )
  expect(ends.find((end) => end !== null)).toMatchObject({ text: '', stopReason: 'repetition' })
})
