import { expect, test } from 'vitest'
import { nullIfMissing } from './missing.ts'

test.each(['ENOENT', 'ENOTDIR'])('%s is nothing there', (code) => {
  expect(nullIfMissing(Object.assign(new Error(code), { code }))).toBeNull()
})

test.each([Object.assign(new Error('no right'), { code: 'EACCES' }), new Error('other')])(
  '%s is thrown on',
  (error) => expect(() => nullIfMissing(error)).toThrow(error),
)
