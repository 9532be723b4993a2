import { expect, test } from 'vitest'
import { colorWish, readConfig, toEnvironment, unknownVariables } from './config.ts'

test.each([
  ['PARALLAX_PORT', 'abc', 'PARALLAX_PORT is "abc": a whole number from 0 to 65535 is expected.'],
  ['PARALLAX_PORT', '70000', 'PARALLAX_PORT is "70000": a whole number from 0 to 65535 is expected.'],
  ['PARALLAX_CONCURRENCY', '0', 'PARALLAX_CONCURRENCY is "0": a whole number from 1 to 256 is expected.'],
  ['PARALLAX_MEMORY_MB', '1.5 GB', 'PARALLAX_MEMORY_MB is "1.5 GB": a whole number of at least 256 is expected.'],
  ['PARALLAX_KEEP_DAYS', '2.5', 'PARALLAX_KEEP_DAYS is "2.5": a whole number of at least 1 is expected.'],
  [
    'PARALLAX_ORIGIN',
    'https://parallax.example.com/app',
    'PARALLAX_ORIGIN is "https://parallax.example.com/app": an address such as https://parallax.example.com is expected.',
  ],
  ['PARALLAX_AUDIT', '5 %', 'PARALLAX_AUDIT is "5 %": a number from 0 to 1 is expected.'],
])('%s=%s is refused by name, value and what is expected', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(expect.objectContaining({ code: 'E_BAD_REQUEST', message }))
}) // prettier-ignore

test('a secret is refused without being shown', () => {
  const PARALLAX_WEBHOOK_SECRET = 'hunter2'
  expect(() => readConfig({ PARALLAX_WEBHOOK_SECRET })).toThrow(/^PARALLAX_WEBHOOK_SECRET is not usable: base64/)
  expect(() => readConfig({ PARALLAX_WEBHOOK_SECRET })).not.toThrow(/hunter2/)
}) // prettier-ignore

test.each(['', '  '])('variables that are set to %j count as not set', (nothing) => {
  const names = ['HOME', 'OCR', 'VLM', 'PORT', 'CONCURRENCY', 'AUDIT', 'WEBHOOK_SECRET', 'TEMPLATES']
  const env = Object.fromEntries(names.map((name) => [`PARALLAX_${name}`, nothing]))
  expect(readConfig(env)).toEqual(readConfig({}))
})

test('another process reads the same settings', () => {
  const config = readConfig({
    PARALLAX_HOME: '/data',
    PARALLAX_DATABASE_URL: ' sqlite:///disk/ledger.sqlite ',
    PARALLAX_BLOBS_URL: 'file:///disk/blobs',
    PARALLAX_REDIS_URL: 'redis://me:hunter2@host',
  })
  expect(config).toMatchObject({
    databaseUrl: 'sqlite:///disk/ledger.sqlite',
    blobsUrl: 'file:///disk/blobs',
  })
  const { childEnv, ...others } = config
  expect(readConfig(toEnvironment(config, {}))).toMatchObject({ ...others, user: 'unknown' })
  expect(JSON.stringify(childEnv)).not.toContain('disk')
})

test('numbers are read', () => {
  const { auditShare, concurrency, service } = readConfig({
    PARALLAX_AUDIT: '0.02',
    PARALLAX_CONCURRENCY: '3',
    PARALLAX_PORT: '0',
  })
  expect([auditShare, concurrency, service.port]).toEqual([0.02, 3, 0])
})

test.each([
  ['PARALLAX_PROT', 'did you mean PARALLAX_PORT?'],
  ['PARALLAX_VLM_TIMEOUT', 'PARALLAX_VLM_TIMEOUT is none of Parallax'],
  ['PARALLAX_WEBHOOKS_HOSTS', 'did you mean PARALLAX_WEBHOOK_HOSTS?'],
  ['PARALAX_HOME', 'did you mean PARALLAX_HOME?'],
  ['parallax_home', 'did you mean PARALLAX_HOME?'],
  ['PARALLAX_SOMETHING_ELSE_ENTIRELY', 'is not used.'],
])('%s is told of', (name, sentence) => {
  const [first, ...others] = unknownVariables({ [name]: '1', PARALLAX_HOME: '/x', PARALLAX_KEY: 'k', PATH: '/bin' })
  expect([first, others]).toEqual([expect.stringContaining(sentence), []])
}) // prettier-ignore

test.each<[NodeJS.ProcessEnv, boolean | null]>([
  [{}, null],
  [{ NO_COLOR: '1' }, false],
  [{ NO_COLOR: '' }, null],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ CI: 'true', TERM: 'xterm' }, null],
  [{ TERM: 'dumb' }, false],
  [{ TERM: 'dumb', FORCE_COLOR: '1' }, true],
])('%j wishes colours: %s', (env, wish) => expect(colorWish(env)).toBe(wish))
