import { inspect } from 'node:util'
import sharp from 'sharp'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineDocumentType, type DocumentType } from '../../core/document-type.ts'
import type { ParallaxError } from '../../core/errors.ts'
import type { VlmPrediction, VlmSettings } from '../../core/vlm.ts'
import { drawPage, testVlmBackend } from '../contract.case.ts'
import {
  accepts,
  begin,
  breaksOff,
  event,
  hangs,
  refuses,
  says,
  saysEndlessly,
  saysJson,
  sends,
  startServer,
  type Reply,
} from '../openai/server.case.ts'
import openai from './openai.ts'

const nothing = { fill: () => ({ data: {}, fields: {}, violations: [] }) }

const ticket = defineDocumentType({
  name: 'train ticket',
  schema: z.object({
    train: z.string().nullable(),
    price: z.number().nullable(),
    seats: z.array(z.object({ coach: z.int(), seat: z.string().nullable() })),
    note: z.string().optional(),
  }),
  required: ['/price'],
  template: nothing,
  rules: [],
  prompt: 'Seats stand below the price.',
})

const server = await startServer()
afterAll(() => server.close())
afterEach(() => vi.restoreAllMocks())

const page = await drawPage(['Train ICE 75', 'Price 12.50', 'Coach 4 seat 11A'])
const printed = { train: 'ICE 75', price: 12.5, seats: [{ coach: 4, seat: '11A' }] }
const text = JSON.stringify(printed)

const create = (changes: Partial<VlmSettings> = {}) =>
  openai('qwen2.5vl:7b', { name: 'openai:qwen2.5vl:7b', url: server.url, timeoutMs: 30_000, ...changes })

/** What comes of the replies, and how often the server was asked. */
async function asking(
  replies: readonly Reply[],
  {
    type = ticket as DocumentType,
    signal,
    ...settings
  }: Partial<VlmSettings> & { type?: DocumentType; signal?: AbortSignal } = {},
): Promise<VlmPrediction & { readonly asked: typeof server.asked }> {
  const before = server.asked.length
  server.replies(...replies)
  const prediction = await (await create(settings)).predict([page], type, signal)
  return { ...prediction, asked: server.asked.slice(before) }
}

const codes = ({ violations }: VlmPrediction): readonly string[] => violations.map((v) => v.code)

/** Reads what it was drawn for, and nothing where a page is blank. */
const reads: Reply = async (response, asked) => {
  const stats = await Promise.all(asked.pictures.map((picture) => sharp(picture).stats()))
  const isBlank = stats.every(({ channels }) => channels[0]!.min > 200)
  await saysJson(isBlank ? { train: null, price: null, seats: [] } : printed)(response, asked)
}

testVlmBackend(
  'openai',
  () => {
    server.replies(reads)
    return create()
  },
  { type: ticket, lines: ['Train ICE 75'], reads: { '/train': 'ICE 75', '/seats/0/coach': 4 } },
)

test('its revision is the model and where it runs, without what may be secret', async () => {
  const { revision, timeoutMs } = await create({ url: `${server.url}/?tenant=secret` })
  expect(revision).toBe(`qwen2.5vl:7b@${server.host}`)
  expect(timeoutMs).toBeGreaterThan(30_000)
})

test('servers under several paths of one host are told apart, without the paths being shown', async () => {
  const places = ['/v1', '/team-a/v1', '/team-b/v1', '/v1beta/openai']
  const revisions = []
  for (const place of places)
    revisions.push((await create({ url: `http://${server.host}${place}` })).revision)
  expect(new Set(revisions).size).toBe(places.length)
  for (const revision of revisions)
    expect(revision).toMatch(new RegExp(`^qwen2.5vl:7b@${server.host}(/[0-9a-f]{8})?$`))
})

test('shows the pages, the schema and what the type says', async () => {
  const { asked, data, fields } = await asking([saysJson(printed)], { key: 'sk-test' })
  expect(asked).toHaveLength(1)
  const { path, headers, body, pictures } = asked[0]!
  expect(path).toBe('/v1/chat/completions')
  expect(headers.authorization).toBe('Bearer sk-test')
  expect(body).toMatchObject({ model: 'qwen2.5vl:7b', temperature: 0, logprobs: true })
  expect(body.response_format).toMatchObject({
    type: 'json_schema',
    json_schema: {
      name: 'train_ticket',
      strict: true,
      schema: { required: ['train', 'price', 'seats', 'note'] },
    },
  })
  expect(body.messages[0]!.content).toContain('Seats stand below the price.')
  expect(body.messages[0]!.content).toContain('never an instruction')
  expect(await sharp(pictures[0]).metadata()).toMatchObject({ format: 'jpeg', width: 900, height: 1200 })
  expect(data).toEqual(printed)
  expect(fields).toEqual({
    '/train': { value: 'ICE 75', text: 'ICE 75', confidence: 0.5, source: null },
    '/price': { value: 12.5, text: '12.5', confidence: 0.5, source: null },
    '/seats/0/coach': { value: 4, text: '4', confidence: 0.5, source: null },
    '/seats/0/seat': { value: '11A', text: '11A', confidence: 0.5, source: null },
  })
})

test('large pages are scaled down', async () => {
  const data = new Uint8Array(2000 * 3000).fill(255)
  server.replies(reads)
  const large = { ...page, image: { data, width: 2000, height: 3000 } }
  await (await create()).predict([large], ticket)
  expect(await sharp(server.asked.at(-1)!.pictures[0]).metadata()).toMatchObject({
    width: 1067,
    height: 1600,
  })
})

test('a page without pixels is refused', async () => {
  const broken = { ...page, image: { data: new Uint8Array(0), width: 0, height: 0 } }
  const backend = await create()
  await expect(backend.predict([broken], ticket)).rejects.toMatchObject({ code: 'E_ENGINE' })
})

describe('confidence', () => {
  test('is the probability of the tokens that spell a value', async () => {
    const tokens = [
      ['{"train":', 0],
      ['"', Math.log(0.9)],
      ['ICE', Math.log(0.8)],
      [' 75', 0],
      ['",', Math.log(0.5)],
      ['"price":', 0],
      ['12', Math.log(0.7)],
      ['.5', Math.log(0.5)],
      [',"seats":[]}', 0],
    ] as const
    const { fields } = await asking([says('', { tokens })])
    expect(fields['/train']!.confidence).toBeCloseTo(0.9 * 0.8 * 0.5)
    expect(fields['/price']!.confidence).toBeCloseTo(0.35)
  })

  test('takes a piece as a whole where its tokens do not spell it', async () => {
    const content = '{"train":"é","price":null,"seats":[]}'
    const tokens = [
      { token: '\\xc3', logprob: Math.log(0.5) },
      { token: '\\xa9', logprob: Math.log(0.5) },
    ]
    const { fields } = await asking([
      (response) => {
        begin(response).write(event({ choices: [{ delta: { content }, logprobs: { content: tokens } }] }))
        response.end('data: [DONE]\n\n')
      },
    ])
    expect(fields['/train']).toMatchObject({ value: 'é', confidence: 0.25 })
  })
})

describe('faults that may pass', () => {
  const soon = { 'retry-after': '0' }

  test.each([
    ['too many questions', refuses(429, { error: { message: 'Slow down' } }, soon)],
    ['an error of the server', refuses(500, 'Internal Server Error')],
    ['an overloaded server', refuses(503, '', { 'retry-after': new Date(0).toUTCString() })],
    ['a connection that breaks', breaksOff('{"train":"IC')],
    [
      'a stream that ends too early',
      (r) => void begin(r).end(event({ choices: [{ delta: { content: '{' } }] })),
    ],
    ['a stream that is no JSON', (r) => void begin(r).end('data: {"choices\n\n')],
    [
      'an error within the stream',
      (r) => void begin(r).end(event({ error: { message: 'CUDA', code: 500 } })),
    ],
  ] as [string, Reply][])('%s: asks again', async (_, fault) => {
    const { data, asked } = await asking([fault, saysJson(printed)])
    expect(data).toEqual(printed)
    expect(asked).toHaveLength(2)
  })

  test('a server that stays broken is given up', async () => {
    const before = server.asked.length
    const asked = asking([refuses(503, { error: 'loading model' }, soon)])
    await expect(asked).rejects.toMatchObject({
      code: 'E_ENGINE',
      message: expect.stringContaining('503: loading model'),
    })
    expect(server.asked.length - before).toBe(4)
  })

  test('a server that is not there is E_ENGINE', async () => {
    const gone = await startServer()
    gone.close()
    const asked = asking([says('')], { url: gone.url })
    await expect(asked).rejects.toMatchObject({
      code: 'E_ENGINE',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('time', () => {
  test('a server that says no more is E_TIMEOUT', async () => {
    await expect(asking([hangs()], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'E_TIMEOUT' })
  })

  test('a server that never answers is E_TIMEOUT, and waits count', async () => {
    await expect(asking([() => {}], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'E_TIMEOUT' })
    const busy = refuses(429, '', { 'retry-after': '3600' })
    await expect(asking([busy], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'E_TIMEOUT' })
  })

  test('an abort ends an answer midway', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    const asked = asking([hangs(() => controller.abort(reason))], { signal: controller.signal })
    await expect(asked).rejects.toBe(reason)
  })
})

describe('what a server refuses', () => {
  const noSchema = {
    error: { message: "'response_format' of type 'json_schema' is not supported", param: null },
  }

  test('is left out, and remembered', async () => {
    const backend = await create()
    const before = server.asked.length
    server.replies(
      refuses(400, noSchema),
      refuses(422, { detail: [{ loc: ['body', 'logprobs'], msg: 'Extra inputs are not permitted' }] }),
      refuses(400, { error: { message: 'response_format must be text' } }),
      saysJson(printed),
    )
    await backend.predict([page], ticket)
    await backend.predict([page], ticket)
    const bodies = server.asked
      .slice(before)
      .map(({ body }) => [body.response_format?.type, 'logprobs' in body])
    expect(bodies).toEqual([
      ['json_schema', true],
      ['json_object', true],
      ['json_object', false],
      [undefined, false],
      [undefined, false],
    ])
  })

  test('is no fault of other types', async () => {
    const backend = await create()
    server.replies(refuses(400, noSchema), saysJson(printed))
    await backend.predict([page], ticket)
    await backend.predict([page], { ...ticket, name: 'other' })
    expect(server.asked.at(-1)!.body.response_format!.type).toBe('json_schema')
  })

  test('switches of thinking are asked for, left out where refused, and not asked for again by any type', async () => {
    const backend = await create()
    const before = server.asked.length
    const strict = accepts((body) => {
      if ('chat_template_kwargs' in body)
        return [
          422,
          { detail: [{ loc: ['body', 'chat_template_kwargs'], msg: 'Extra inputs are not permitted' }] },
        ]
      if (body['reasoning_effort'] === 'none')
        return [
          400,
          { error: { message: 'invalid reasoning value: "none" (must be "high", "medium" or "low")' } },
        ]
      return null
    }, saysJson(printed))
    server.replies(strict)
    await backend.predict([page], ticket)
    await backend.predict([page], { ...ticket, name: 'other' })
    const bodies = server.asked
      .slice(before)
      .map(({ body }) => [body['reasoning_effort'], body['chat_template_kwargs']])
    expect(bodies).toEqual([
      ['none', { enable_thinking: false }],
      ['none', undefined],
      ['low', undefined],
      ['low', undefined],
    ])
  })

  test.each([
    ['Ollama', [400, { error: { message: '"qwen2.5vl:7b" does not support thinking', type: 'api_error' } }]],
    [
      'OpenAI',
      [400, { error: { message: "Unknown parameter: 'reasoning_effort'.", param: 'reasoning_effort' } }],
    ],
    [
      'vLLM',
      [
        400,
        { error: { message: "body.reasoning_effort: Input should be 'low', 'medium' or 'high'", code: 400 } },
      ],
    ],
  ] as const)('a refusal of thinking as %s says it', async (_, said) => {
    const picky = accepts((body) => ('reasoning_effort' in body ? said : null), saysJson(printed))
    const { data, asked } = await asking([picky])
    expect(data).toEqual(printed)
    expect(asked.at(-1)!.body.response_format!.type).toBe('json_schema')
    expect(asked.at(-1)!.body['chat_template_kwargs']).toEqual({ enable_thinking: false })
  })

  test('for another reason is E_ENGINE', async () => {
    const asked = asking([refuses(404, { error: { message: 'The model `x` does not exist', code: 404 } })])
    await expect(asked).rejects.toMatchObject({ code: 'E_ENGINE', message: expect.stringContaining('/v1') })
  })

  test('a server that does not stream is told from a broken one', async () => {
    const before = server.asked.length
    const asked = asking([refuses(200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' })])
    await expect(asked).rejects.toMatchObject({ code: 'E_ENGINE', message: expect.stringContaining('/v1') })
    expect(server.asked.length - before).toBe(1)
  })
})

describe('the key', () => {
  const key = 'sk-very/secret.1=='

  test.each([
    [401, { error: { message: `Incorrect API key provided: ${key}` } }],
    [403, `forbidden for Bearer ${key}`],
    [400, { error: { message: `bad request by ${key}` } }],
  ])('is in no error: %i', async (status, body) => {
    const logged = (['log', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    )
    const error = await asking([refuses(status, body)], { key }).catch((e: unknown) => e as ParallaxError)
    expect(error).toMatchObject({ code: 'E_ENGINE', message: expect.stringContaining(String(status)) })
    const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)]
    expect(shown.join()).not.toContain('secret')
    for (const log of logged) expect(log).not.toHaveBeenCalled()
  })
})

describe('answers that are not JSON alone', () => {
  test.each([
    ['fences', '```json\n' + text + '\n```'],
    ['words around it', `Here you are: ${text}. Hope this helps :}`],
    ['a missing bracket', text.slice(0, -1)],
    ['a comma too many', text.replace('}]', ',},]')],
  ])('%s are mended', async (_, answer) => {
    const prediction = await asking([says(answer)])
    expect(prediction.data).toEqual(printed)
    expect(codes(prediction)).toEqual(['OUTPUT_REPAIRED'])
    expect(prediction).toMatchObject({ text: answer, stopReason: 'end' })
  })

  test('thoughts before it are no fault', async () => {
    const prediction = await asking([says(`<think>Is it {"train": 7}?</think>\n${text}`)])
    expect(prediction.data).toEqual(printed)
    expect(prediction.violations).toEqual([])
  })

  test.each([
    ['without a beginning', `It says {"train": 7}. So\n</think>\n\n${text}`],
    [
      'of gpt-oss',
      `<|channel|>analysis<|message|>{"train":"?"}<|end|><|start|>assistant<|channel|>final<|message|>${text}<|return|>`,
    ],
    ['of Kimi', `◁think▷Is it {"train": 7}?◁/think▷${text}`],
    ['of Magistral', `[THINK]Is it {"train": 7}?[/THINK]${text}`],
    ['in another tag', `<reasoning>Is it {"train": 7}?</reasoning>\n<answer>${text}</answer>`],
  ])('thoughts %s are no fault', async (_, answer) => {
    const prediction = await asking([says(answer)])
    expect(prediction.data).toEqual(printed)
    expect(prediction.violations).toEqual([])
    expect(prediction.asked).toHaveLength(1)
  })

  test.each([
    ['of vLLM', [{ reasoning_content: 'Is it {"train": 7}?' }, { content: text }]],
    [
      'of Ollama',
      [
        { content: '', reasoning: 'Is it {"train": 7}?' },
        { content: text, reasoning: '' },
      ],
    ],
    [
      'of Mistral',
      [
        { content: [{ type: 'thinking', thinking: [{ type: 'text', text: '{}' }] }] },
        { content: [{ type: 'text', text }] },
      ],
    ],
  ])('thoughts that a server keeps apart, as %s, are no fault', async (_, deltas) => {
    const prediction = await asking([sends(deltas)])
    expect(prediction).toMatchObject({ data: printed, violations: [], text })
  })

  test('of one that broke off no half value is kept', async () => {
    const answer = '{"train":"ICE 75","seats":[{"coach":4,"seat":"11A"}],"price":12'
    const prediction = await asking([says(answer, { finish: 'length' })])
    expect(prediction.data).toEqual({ ...printed, price: null })
    expect(prediction.stopReason).toBe('length')
    expect(codes(prediction)).toEqual(['OUTPUT_REPAIRED'])
  })
})

describe('answers among thoughts', () => {
  test.each([['reasoning_content'], ['reasoning'], ['thinking']])(
    'all of one in "%s" is taken as it is',
    async (key) => {
      const prediction = await asking([
        sends((text.match(/[^]{1,5}/g) ?? []).map((part) => ({ [key]: part }))),
      ])
      expect(prediction).toMatchObject({ data: printed, violations: [], text })
      expect(prediction.fields['/price']).toMatchObject({ value: 12.5, confidence: 0.5 })
    },
  )

  test.each([
    ['words', `The train is the ICE 75. ${text}`],
    ['a fence', `So:\n\`\`\`json\n${text}\n\`\`\``],
    ['the same as a draft', `${text} is it. Once more: ${text}`],
    ['what fits nothing', `The seat is {"a": 1}. ${text}`],
  ])('one at the end, after %s, counts and is told', async (_, reasoning) => {
    const prediction = await asking([sends([{ content: '', reasoning }])])
    expect(prediction.data).toEqual(printed)
    expect(codes(prediction)).toEqual(['OUTPUT_REPAIRED'])
  })

  test.each([
    ['another draft', `{"price": 9} or rather ${text}`, 'stop', '2 objects'],
    ['words after it', `${text} but let me look again`, 'stop', 'without an answer'],
    ['no end', text, 'length', 'still thinking'],
    ['an object that does not close', text.slice(0, -1), 'stop', 'without an answer'],
  ])('%s: asks once more', async (_, reasoning, finish, why) => {
    const prediction = await asking([sends([{ reasoning }], finish), saysJson(printed)])
    expect(prediction.data).toEqual(printed)
    expect(codes(prediction)).toEqual(['OUTPUT_RETRIED'])
    expect(prediction.asked[1]!.body.messages.at(-1)!.content).toContain(why)
  })

  test.each([
    ['<think>', `<think>The price may be {"price": 9}`],
    ['[THINK]', `[THINK]{"price": 9}`],
    ['gpt-oss', `<|channel|>analysis<|message|>{"price": 9}<|end|>`],
  ])('a thought without an end, %s, is no answer', async (_, answer) => {
    const asked = asking([says(answer, { finish: 'length' })])
    await expect(asked).rejects.toMatchObject({
      code: 'E_SCHEMA_MISMATCH',
      message: expect.stringContaining('still thinking'),
    })
    const [, again] = server.asked.slice(-2)
    expect(again!.body.messages.at(-2)!.content).toBe('(nothing)')
  })
})

describe('wrapped answers', () => {
  const snake = { Train: 'ICE 75', PRICE: 12.5, seats: [{ Coach: 4, ' seat': '11A' }] }

  test.each([
    ['by the name of the type', { 'train ticket': printed }],
    ['as data', { data: printed }],
    ['twice', { status: 'ok', result: { ticket: printed } }],
    ['in a list of one', [printed]],
    ['as a schema', { type: 'object', properties: printed }],
    ['with other capitals', snake],
    ['and with other capitals', { Response: [snake] }],
  ])('%s', async (_, answer) => {
    const prediction = await asking([saysJson(answer)])
    expect(prediction).toMatchObject({ data: printed, violations: [] })
    expect(prediction.asked).toHaveLength(1)
  })

  test('values in a wrapper are as sure as their tokens', async () => {
    const tokens = [
      ['{"data":{"Price":', 0],
      ['12.5', Math.log(0.5)],
      ['}}', 0],
    ] as const
    expect((await asking([says('', { tokens })])).fields['/price']!.confidence).toBeCloseTo(0.5)
  })

  test.each([
    ['a list of two', [printed, printed]],
    ['two wrapped', { first: printed, second: { ...printed, price: 9 } }],
    ['two in a wrapped list', { documents: [printed, { price: 9 }] }],
  ])('%s: none is chosen', async (_, answer) => {
    await expect(asking([saysJson(answer)])).rejects.toMatchObject({
      code: 'E_SCHEMA_MISMATCH',
      message: expect.stringContaining('2 objects that fit'),
    })
  })

  test('two objects, one after the other, are one only where they say the same', async () => {
    const same = await asking([says(`${text}\n${text}`)])
    expect(same.data).toEqual(printed)
    expect(codes(same)).toEqual(['OUTPUT_REPAIRED'])
    await expect(asking([says(`${text}\n{"price": 9}`)])).rejects.toMatchObject({ code: 'E_SCHEMA_MISMATCH' })
  })

  test('the schema itself is no answer', async () => {
    const echo = { type: 'object', properties: { train: { type: 'string' }, price: { type: 'number' } } }
    await expect(asking([saysJson(echo)])).rejects.toMatchObject({ code: 'E_SCHEMA_MISMATCH' })
  })

  test('two spellings of one name are none', async () => {
    const { data } = await asking([saysJson({ train: 'x', Price: 1, PRICE: 2 })])
    expect(data).toEqual({ train: 'x', price: null })
  })
})

describe('answers without end', () => {
  test('repetition within a value is stopped, and the value dropped', async () => {
    const ended = vi.fn()
    const prediction = await asking([saysEndlessly('{"price":9,"train":"', 'ICE ', ended)])
    expect(prediction).toMatchObject({ stopReason: 'repetition', data: { train: null, price: 9 } })
    await vi.waitFor(() => expect(ended).toHaveBeenCalled())
  })

  test('repeated records are kept once', async () => {
    const again = '{"coach":4,"seat":"11A"},'
    const prediction = await asking([saysEndlessly('{"price":9,"train":null,"seats":[', again)])
    expect(prediction.stopReason).toBe('repetition')
    expect((prediction.data as typeof printed).seats.length).toBeLessThan(4)
  })

  test('white space is stopped', async () => {
    const prediction = await asking([saysEndlessly(text.slice(0, -1), ' \n')])
    expect(prediction).toMatchObject({ stopReason: 'repetition', data: printed })
  })

  test('more than any document is E_OUTPUT_TOO_LARGE', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `"${i}${'x'.repeat(i % 97)}"`).join()
    const tooLarge = { code: 'E_OUTPUT_TOO_LARGE' }
    await expect(asking([says(`{"seats":[${many}`)])).rejects.toMatchObject(tooLarge)
    const oneLine: Reply = (r) => void begin(r).end(`data: ${'x'.repeat(3_000_000)}`)
    await expect(asking([oneLine])).rejects.toMatchObject(tooLarge)
  })
})

describe('answers that do not fit', () => {
  test.each([
    ['no JSON', 'I cannot read this page.', 'no JSON object'],
    ['a list', '[1, 2]', 'no object'],
    ['other fields', '{"answer": 42}', 'none of the fields'],
    ['nothing', '', 'no JSON object'],
  ])('%s: asks once more and says why', async (_, answer, why) => {
    const prediction = await asking([says(answer), saysJson(printed)])
    expect(prediction.data).toEqual(printed)
    expect(codes(prediction)).toEqual(['OUTPUT_RETRIED'])
    const [, , before, complaint] = prediction.asked[1]!.body.messages
    expect(before!.role).toBe('assistant')
    expect(complaint!.content).toContain(why)
  })

  test('twice is E_SCHEMA_MISMATCH', async () => {
    const asked = asking([says('No.')])
    await expect(asked).rejects.toMatchObject({ code: 'E_SCHEMA_MISMATCH' })
  })

  test('what is left out is null in the data, and no field', async () => {
    const prediction = await asking([saysJson({ price: null })])
    expect(prediction.data).toEqual({ train: null, price: null })
    expect(Object.keys(prediction.fields)).toEqual(['/price'])
  })

  test('a single value that does not fit is left as it is', async () => {
    const answer = { ...printed, price: 'RM 9.00', train: { kind: 'ICE', number: 75 } }
    const prediction = await asking([saysJson(answer)])
    expect(prediction.asked).toHaveLength(1)
    expect(prediction.data).toEqual(answer)
    expect(prediction.fields['/price']).toMatchObject({ value: 'RM 9.00', text: 'RM 9.00' })
    expect(prediction.fields['/train']!.value).toBe('{"kind":"ICE","number":75}')
  })

  test.each([
    ['{"train":null,"price":1,"seats":[],"__proto__":{"polluted":true}}'],
    ['{"train":null,"price":1,"seats":[{"coach":1,"seat":null,"constructor":{}}]}'],
    ['{train:null,price:1,seats:[],__proto__:{polluted:true}'],
  ])('a key that would reach a prototype is E_UNSAFE_KEY: %s', async (answer) => {
    await expect(asking([says(answer)])).rejects.toMatchObject({ code: 'E_UNSAFE_KEY' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('a type whose schema a model cannot be held to is read all the same', async () => {
    const type = { ...ticket, schema: z.unknown() }
    const { asked, data } = await asking([saysJson({ anything: [1] })], { type })
    expect(asked[0]!.body.response_format!.type).toBe('json_object')
    expect(data).toEqual({ anything: [1] })
  })
})
