import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { markSources } from './sources.ts'

const files: Readonly<Record<string, string>> = {
  'package.json': '{"dependencies":{"sharp":"^1.0.0","fastify":"^5.0.0","re2js":"^2.0.0"}}',
  'src/ner/rules/dates.ts': 'export const dates = 1',
  'src/ner/rules/words/de.json': '["Summe"]',
  'src/ner/rules/dates.test.ts': 'test',
  'src/values/money.ts': "import { RE2JS } from 're2js'",
  'src/imaging/decode.ts': "import sharp from 'sharp'\nimport { readFile } from 'node:fs/promises'",
  'src/templating/template.ts': 'export const template = 1',
  'src/api/server.ts': "import fastify from 'fastify'",
  'src/cli/main.ts': 'main()',
  'src/app/service.ts': 'app',
  'schemas/receipt.ts': 'export default 1',
  'schemas/receipt.schema.json': '{}',
  'workers/extraction-child.ts': 'serve()',
}

let root: string
const put = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sources-'))
  for (const [file, text] of Object.entries(files)) await put(file, text)
})
afterEach(() => rm(root, { recursive: true }))

const marks = () => markSources(pathToFileURL(`${root}/`))

test('names the packages of what reads, and of nothing else', () => {
  expect(marks().packages).toEqual(['re2js', 'sharp'])
})

test.each([
  ['src/ner/rules/dates.ts', true, true],
  ['src/ner/rules/words/de.json', true, true],
  ['src/ner/rules/words/fr.json', true, true],
  ['src/values/money.ts', true, true],
  ['schemas/receipt/labelling/items.ts', true, true],
  ['schemas/receipt/labels.json', true, true],
  ['src/imaging/decode.ts', false, true],
  ['src/templating/template.ts', false, true],
  ['schemas/receipt.ts', false, true],
  ['src/a-new-room/anything.ts', false, true],
  ['src/ner/rules/dates.test.ts', false, false],
  ['src/api/server.ts', false, false],
  ['src/cli/main.ts', false, false],
  ['schemas/receipt.schema.json', false, false],
])('a change of %s is one of the rules: %s, and of what reads: %s', async (file, ofRules, ofReading) => {
  const before = marks()
  await put(file, `${files[file] ?? ''}\n// changed`)
  const after = marks()
  expect([after.rules !== before.rules, after.reading !== before.reading]).toEqual([ofRules, ofReading])
  if (files[file] === undefined) return
  await put(file, files[file])
  expect(marks()).toEqual(before)
})

test('a file under another name is a change', async () => {
  const before = marks()
  await rm(join(root, 'src/values/money.ts'))
  await put('src/values/amount.ts', files['src/values/money.ts']!)
  expect(marks().rules).not.toBe(before.rules)
})
