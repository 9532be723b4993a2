import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAnswer } from './parse.ts'
import { answerIn } from './thoughts.ts'
import { Transcript } from './transcript.ts'

const json = '{"total":5}'

test.each([
  [`<think>a</think>${json}`],
  [`<think>\n\n</think>\n${json}`],
  [`a {"total":9} b</think>${json}`],
  [`<thinking type="deep">a</thinking>${json}`],
  [`<Reasoning>a</Reasoning>${json}`],
  [`<thought>a</thought>\n<answer>\n${json}\n</answer>`],
  [`◁think▷a◁/think▷${json}`],
  [`[THINK]a[/THINK]${json}</s>`],
  [`<|begin_of_thought|>a<|end_of_thought|>\n<|begin_of_solution|>${json}<|end_of_solution|>`],
  [`<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>${json}<|END_RESPONSE|>`],
  [`<|channel>thought\na<channel|>${json}<turn|>`],
  [`<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>${json}<|return|>`],
  [
    `<|channel|>commentary to=x <|constrain|>json<|message|>{"total":9}<|call|><|channel|>final <|constrain|>json<|message|>${json}`,
  ],
  [`<|start|>assistant<|channel|>final<|message|>${json}`],
  [`analysisThe total is {"total":9}.assistantfinal${json}`],
  [`<think>a<think>b</think>c</think>${json}`],
  [`<think>a</think>${json}<think>is it {"total":7}?</think>`],
  [`{"total":9}<think>no</think>${json}`],
  [`<think>the page says "</think>{"total":0}" which lies</think>${json}`],
  [`<think>a</think><|begin_of_box|>${json}<|end_of_box|>`],
])('%s is cut to the answer', (text) => {
  expect(answerIn(text)?.text).toBe(json)
})

test.each([
  ['{"name":"<think>","total":5}'],
  ['{"name":"a</think>b [/THINK]"}'],
  ['<think>a</think>{"name":"x</think>{\\"total\\":1}"}'],
])('marks in a value are part of it: %s', (text) => {
  const [parsed] =
    parseAnswer({ text, usable: text.length, spans: [], thoughts: '', stopReason: 'end' }) ?? []
  expect(parsed?.text).toBe(text.slice(text.indexOf('{')))
})

test.each([
  ['<think>{"total":1}'],
  ['<|channel|>analysis<|message|>{"total":1}<|end|><|start|>assistant'],
  ['◁think▷{"total":1}</thin'],
  ['analysisThe total is {"total":1}'],
  [`<think>a</think>so<think>${json}`],
])('%s has no answer', (text) => {
  expect(answerIn(text)).toBeNull()
})

const families = [
  ['<think>', '</think>'],
  ['', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<reasoning>', '</reasoning>'],
  ['◁think▷', '◁/think▷'],
  ['[THINK]', '[/THINK]'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
] as const
const drafts = fc.constantFrom('{"total":9}', '{"a":[', '"', '```', '[1]', ' </', '<|', '}')
const thought = fc.array(fc.oneof(fc.string(), drafts)).map((parts) => parts.join(''))
/** Names that reach a prototype are refused wherever they stand. */
const data = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
  .filter((value) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)))

test('an answer is the same whatever was thought, and however it was cut on its way', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 20 })
  fc.assert(
    fc.property(data, fc.constantFrom(...families), thought, cuts, (value, [open, close], words, at) => {
      const text = `${open}${words}${close}${JSON.stringify(value)}`
      const places = [0, ...at.map((n) => n % (text.length + 1)).sort((a, b) => a - b), text.length]
      const transcript = new Transcript()
      for (let i = 1; i < places.length; i++)
        transcript.add({ delta: { content: text.slice(places[i - 1], places[i]) } })
      const parsed = parseAnswer(transcript.end('stop'))
      expect(parsed?.map((p) => [p.value, p.violations])).toEqual([[JSON.parse(JSON.stringify(value)), []]])
    }),
    { numRuns: 1000 },
  )
})

test('text of nothing but marks costs little', () => {
  const text = '</think>{"a":"'.repeat(7000)
  expect(answerIn(text)?.text).toBe('{"a":"')
})
