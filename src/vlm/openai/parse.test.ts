import { expect, test } from 'vitest'
import { confidencesOf } from './confidences.ts'
import { parseAnswer } from './parse.ts'

const parse = (text: string, stopReason: 'end' | 'length' = 'end') =>
  parseAnswer({ text, usable: text.length, spans: [], thoughts: '', stopReason })?.[0] ?? null

test.each([
  ['{"a":1,"b":"x', { a: 1 }],
  ['{"a":1,"b":"x, y', { a: 1 }],
  ['{"a":[{"b":1},{"b":2}],"c', { a: [{ b: 1 }, { b: 2 }] }],
  ['{"a":[{"b":1,"c":"say \\"hi, {', { a: [{ b: 1 }] }],
  ['{"a":[1,2', { a: [1] }],
  ['```json\n{"a":1,"b":tru', { a: 1 }],
  ['{', {}],
])('%s, broken off, keeps what is whole', (text, value) => {
  expect(parse(text, 'length')?.value).toEqual(value)
})

test.each(['', 'nothing', '<think>{"a":1}', `${'[1,'.repeat(50)}1`, '{"a": ,,,:: "b" {{'])(
  '%s is none',
  (text) => {
    expect(parse(text)).toBeNull()
  },
)

test('a value is as sure as its tokens, in mended JSON and where a key stands twice', () => {
  const text = 'So: {"a": 9, "a": 12, "b": ["x", "y"],}'
  const parsed = parse(text)!
  const at = (value: string, logprob: number) => {
    const start = text.indexOf(value)
    return { start, end: start + value.length, logprob }
  }
  const spans = [at('9', -9), at('12', Math.log(0.75)), at('y', Math.log(0.25))]
  const confidence = confidencesOf(parsed, spans)
  expect(confidence('/a', 12)).toBeCloseTo(0.75)
  expect(confidence('/b/1', 'y')).toBeCloseTo(0.25)
  expect(confidence('/b/0', 'x')).toBe(0.5)
  expect(confidence('/b/1', 'z')).toBe(0.5)
  expect(confidence('/c', null)).toBe(0.5)
})

test('what is nested without end costs nothing', () => {
  const text = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)},"a":1}`
  const parsed = parse(text)!
  expect(parsed.value).toEqual({ a: 1 })
  expect(confidencesOf(parsed, [])('/a', 1)).toBe(0.5)
  expect(parse('['.repeat(90_000))).toBeNull()
})
