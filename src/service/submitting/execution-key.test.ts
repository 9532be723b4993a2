import { expect, test } from 'vitest'
import { executionKey, type KeyParts } from './execution-key.ts'

const parts: KeyParts = {
  tenant: 'local',
  blob: 'b1',
  type: { name: 'receipt', file: '/a/receipt.ts', hash: 'h1' },
  route: 'auto',
  pipeline: 'parallax@1',
  templates: null,
  force: '',
}
const key = executionKey(parts)

test('is a SHA-256 and the same for the same parts, wherever the type file lies', () => {
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(executionKey({ ...parts, type: { ...parts.type, file: null } })).toBe(key)
})

test.each<[string, Partial<KeyParts>]>([
  ['the tenant', { tenant: 'other' }],
  ['the bytes', { blob: 'b2' }],
  ['the name of the type', { type: { ...parts.type, name: 'bill' } }],
  ['the content of the type', { type: { ...parts.type, hash: 'h2' } }],
  ['the route', { route: 'modular' }],
  ['the pipeline', { pipeline: 'parallax@2' }],
  ['the vendor templates', { templates: 't1' }],
  ['a forced run', { force: '1' }],
  ['a part that runs into the next', { tenant: 'localb', blob: '1' }],
])('differs with %s', (_, changes) => expect(executionKey({ ...parts, ...changes })).not.toBe(key))
