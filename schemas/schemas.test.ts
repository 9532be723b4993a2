import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { schemaFiles } from '../scripts/schema-files.ts'
import { pageOf } from '../src/core/page.case.ts'
import { fieldSpecKey } from '../src/core/field-spec.ts'
import { loadType } from '../src/document-types/load.ts'

const files = await schemaFiles()
const names = [...files.keys()].map((file) => /([^/]+)\.schema\.json$/.exec(file.href)![1]!)
const here = fileURLToPath(new URL('.', import.meta.url))

test('there are document types', () => expect(names).toContain('receipt'))

test.each([...files])('%s is what "npm run gen" writes', async (file, text) => {
  expect(await readFile(file, 'utf8')).toBe(text)
})

test.each(names)('%s goes by the name of its file', async (name) => {
  expect((await loadType(name, here)).type.name).toBe(name)
})

test.each(names)('what %s reads from a page without anything on it is valid', async (name) => {
  const { type, jsonSchema } = await loadType(name, here)
  const { data, fields } = type.template.fill({ pages: [pageOf('NOTHING HERE')], entities: [] })
  expect(type.schema.safeParse(data)).toMatchObject({ success: true })
  const ajv = new Ajv2020({ strict: true }).addVocabulary([fieldSpecKey, 'x-captions'])
  addFormats.default(ajv)
  expect(ajv.validate(jsonSchema, data)).toBe(true)
  for (const pointer of type.required) expect(fields).toHaveProperty([pointer])
})
