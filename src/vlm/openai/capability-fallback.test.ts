import { expect, test } from 'vitest'
import { fallBack, allCapabilities, type Capabilities } from './capability-fallback.ts'

const lowest: Capabilities = { format: 'text', effort: null, extras: [] }

test.each([
  [400, "Invalid schema for response_format 'x': 'minLength' is not permitted.", { format: 'json_object' }],
  [
    400,
    "Unsupported parameter: 'max_tokens'",
    { extras: ['chat_template_kwargs', 'logprobs', 'temperature'] },
  ],
  [
    400,
    "'temperature' does not support 0 with this model",
    { extras: ['chat_template_kwargs', 'logprobs', 'max_tokens'] },
  ],
  [
    403,
    'You are not allowed to request logprobs from this model',
    { extras: ['chat_template_kwargs', 'max_tokens', 'temperature'] },
  ],
  [500, 'failed to parse grammar', { format: 'json_object' }],
  [501, 'this request has an unsupported option', { effort: null }],
  [400, "Unsupported value: 'reasoning_effort' does not support 'none' with this model.", { effort: 'low' }],
  [400, 'invalid reasoning value: "none" (must be "high", "medium" or "low")', { effort: 'low' }],
  [400, 'Unrecognized request argument supplied: reasoning_effort', { effort: null }],
  [400, '"gemma3:4b" does not support thinking', { effort: null }],
  [
    422,
    'body.chat_template_kwargs: Extra inputs are not permitted',
    { extras: ['logprobs', 'max_tokens', 'temperature'] },
  ],
])('%i "%s" is refused for what is asked', (status, said, changes) => {
  expect(fallBack(allCapabilities, status, said)).toEqual({ ...allCapabilities, ...changes })
})

test.each([
  [null, 'cannot be reached: logprobs'],
  [401, 'response_format'],
  [403, 'not allowed'],
  [404, 'The model `x` does not exist or is not supported'],
  [400, 'This server does not take images: image input is not supported'],
  [400, 'maximum context length is 4096 tokens'],
  [500, 'not supported'],
  [503, 'response_format'],
])('%s "%s" is refused for something else', (status, said) => {
  expect(fallBack(allCapabilities, status, said)).toBeNull()
})

test('goes down to nothing and no further', () => {
  let [capabilities, steps]: [Capabilities, number] = [allCapabilities, 0]
  for (
    let next: Capabilities | null = capabilities;
    next;
    next = fallBack(capabilities, 400, 'unsupported')
  ) {
    capabilities = next
    steps++
  }
  expect([capabilities, steps]).toEqual([lowest, 8])
  expect(fallBack(lowest, 400, 'response_format')).toBeNull()
})
