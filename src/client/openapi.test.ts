import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clientTypes } from '../../scripts/client-types.ts'

const files = await clientTypes()

test('there are paths in the types', () => expect([...files.values()].join()).toContain("'/v1/batches'"))

test.each([...files])('%s is what "npm run gen" writes', async (file, text) => {
  expect(await readFile(file, 'utf8')).toBe(text)
})
