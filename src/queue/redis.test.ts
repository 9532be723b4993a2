import { expect, test } from 'vitest'
import { parseInfo, requireRecentRedis, withoutCredentials } from './redis.ts'

const info = (version: string) =>
  parseInfo(`# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`)

test.each(['6.2.0', '6.10.1', '7.0.15', '8.4.0'])('Redis %s is recent enough', (version) => {
  expect(() => requireRecentRedis(info(version))).not.toThrow()
})

test.each(['2.8.24', '5.0.14', '6.0.16', '6.1.240'])('Redis %s is too old', (version) => {
  expect(() => requireRecentRedis(info(version))).toThrow(
    expect.objectContaining({ code: 'E_QUEUE_DOWN', message: expect.stringContaining(version) }),
  )
})

test('a value may hold colons', () => {
  expect(parseInfo('executable:/a:b/redis-server\r\n').get('executable')).toBe('/a:b/redis-server')
})

test.each([
  ['redis://ann:secret@host:6380/2', 'redis://host:6380/2'],
  ['rediss://:secret@host', 'rediss://host'],
  ['redis://host:6379?password=secret', 'redis://host:6379'],
])('%s is shown as %s', (url, shown) => expect(withoutCredentials(url)).toBe(shown))
