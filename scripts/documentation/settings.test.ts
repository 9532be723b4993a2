import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { environmentSchema } from '../../src/config.ts'
import { settingLines, settingsPage } from '../settings-table.ts'

test('every variable that is read has a line, with a meaning', () => {
  const names = settingLines().map((line) => /^\| `(\w+)` \| [^|]{4,} \| /.exec(line)?.[1])
  expect(names).toEqual(Object.keys(environmentSchema.shape))
})

test.each([...(await settingsPage())])('%s is what "npm run gen" writes', async (file, text) => {
  expect(text).toContain('`PARALLAX_HOME`')
  expect(await readFile(file, 'utf8')).toBe(text)
})
