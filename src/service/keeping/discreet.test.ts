import { expect, test } from 'vitest'
import { discreet } from './discreet.ts'

test.each([
  ['The job ledger /srv/my data/ledger.sqlite is full.', 'The job ledger ledger.sqlite is full.'],
  ['/srv/my data is read-only.', 'the data folder is read-only.'],
  ["EACCES: permission denied, open '/etc/secret/key'", "EACCES: permission denied, open '…'"],
  [
    'The Redis at redis.example.com:6379 is away (connect ECONNREFUSED 10.1.2.3:6379).',
    'The Redis at … is away (connect ECONNREFUSED …).',
  ],
  ['The Redis at localhost:6379 or [::1]:6379 is away.', 'The Redis at … or … is away.'],
  ['It stopped at 22:15 and/or later: 12 times.', 'It stopped at … and/or later: 12 times.'],
])('%s', (sentence, expected) => {
  expect(discreet(sentence, '/srv/my data')).toBe(expected)
})
