import { expect, test } from 'vitest'
import { parseWebhookHosts, requireAllowed } from './callback-hosts.ts'

const hosts = parseWebhookHosts(
  'hooks.example.com, 10.0.0.5:8443,[::1]:80 ,Secure.example.com:443, plain.example.com:80',
)

test.each([
  'https://hooks.example.com/a?b',
  'https://HOOKS.example.com:443',
  'http://hooks.example.com/',
  'http://10.0.0.5:8443/',
  'http://[::1]/',
  'https://secure.example.com/',
  'https://secure.example.com:443/',
  'http://plain.example.com/',
  'https://plain.example.com:80/',
])('%s may be called', (url) => expect(() => requireAllowed(url, hosts)).not.toThrow())

test.each([
  'https://hooks.example.com:8443/',
  'https://hooks.example.com.attacker.example/',
  'https://hooks.example.com@attacker.example/',
  'https://user:password@hooks.example.com/',
  'https://attacker.example/hooks.example.com',
  'http://10.0.0.5/',
  'http://0x0a000005/',
  'http://127.0.0.1/',
  'ftp://hooks.example.com/',
  'http://secure.example.com/',
  'https://plain.example.com/',
])('%s may not be called', (url) =>
  expect(() => requireAllowed(url, hosts)).toThrow(expect.objectContaining({ code: 'E_URL_BLOCKED' })),
)

test('nobody may be called where nobody is named', () => {
  expect(() => requireAllowed('https://hooks.example.com/', null)).toThrow(/may not call/)
})

test.each(['https://hooks.example.com', 'a b', '*.example.com', 'example.com/path', 'example.com:99999'])(
  '"%s" is no host',
  (text) => expect(() => parseWebhookHosts(text)).toThrow(expect.objectContaining({ code: 'E_BAD_REQUEST' })),
)
