import { expect, test } from 'vitest'
import { hasWideByteProducts } from './precision.ts'

test.each([
  ['flags : fpu avx2 avx512f avx512_vnni', true],
  ['flags : fpu avx2 avx_vnni fma', true],
  ['flags : fpu avx2 avx512f avx512bw', false],
  ['', false],
])('"%s": %s', (flags, wide) => {
  expect(hasWideByteProducts(flags)).toBe(wide)
})
