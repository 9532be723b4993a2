import { expect, test } from 'vitest'
import { createVlmBackend } from './registry.ts'

const create = (name: string, url?: string, key?: string) =>
  createVlmBackend({ name, url, key, timeoutMs: 1000 })

test('a model keeps the colons of its name', async () => {
  const { name, revision } = await create('openai:qwen2.5vl:7b', 'http://localhost/v1')
  expect([name, revision]).toEqual(['openai', 'qwen2.5vl:7b@localhost:80'])
  expect((await create('openai:a', 'https://vlm.example/v1/')).revision).toBe('a@vlm.example:443')
})

test.each([
  ['unheard-of:7b', 'http://localhost/v1', 'known are'],
  ['../openai:a', 'http://localhost/v1', 'known are'],
  ['__proto__', undefined, 'known are'],
  ['openai', 'http://localhost/v1', 'needs a model'],
  ['openai: ', 'http://localhost/v1', 'needs a model'],
  ['openai:a', undefined, 'needs the URL'],
  ['openai:a', 'localhost:8000', 'http:// or https://'],
  ['openai:a', 'somewhere', 'no URL'],
  ['openai:a', 'file:///etc/passwd', 'http:// or https://'],
  ['openai:a', 'http://me:secret@localhost/v1', 'no user or password'],
])('%s at %s is E_BAD_REQUEST', async (name, url, why) => {
  const error: unknown = await create(name, url).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'E_BAD_REQUEST', message: expect.stringContaining(why) })
  expect(String(error)).not.toContain('secret')
})

test('a key that would split a header is refused, and not shown', async () => {
  const error: unknown = await create('openai:a', 'http://localhost', 'secret\r\nx: y').catch(
    (e: unknown) => e,
  )
  expect(error).toMatchObject({ code: 'E_BAD_REQUEST', message: expect.not.stringContaining('secret') })
})
