import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { questionOf } from '../vlm/openai/question.ts'
import { loadType, reloadType } from './load.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'types-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function put(file: string, content: string): Promise<string> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), content)
  return file
}

const ticket = (schema = 'z.object({ number: z.string().nullable(), price: z.number().nullable() })') => `
  import { anchor, defineDocumentType, money, regex, template } from 'parallax'
  import { z } from 'zod'
  export default defineDocumentType({
    name: 'ticket',
    schema: ${schema},
    required: ['/price'],
    template: template({ '/number': regex(/No\\.? *(\\d+)/), '/price': anchor('Price', { as: money }) }),
    rules: [],
  })
`

test('a built-in type goes by its name', async () => {
  const { type, ref, jsonSchema } = await loadType('receipt', folder)
  expect(type.name).toBe('receipt')
  expect(ref).toEqual({ name: 'receipt', file: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(jsonSchema).toMatchObject({ type: 'object', properties: { total: {} } })
  expect((await reloadType(ref)).ref).toEqual(ref)
})

test.each(['ticket.ts', 'deep/er/ticket.mts', 'ticket.mjs', 'ticket.js'])(
  'a file of another folder is a type: %s',
  async (name) => {
    const file = await put(name, ticket())
    const { type, ref, jsonSchema } = await loadType(`./${file}`, folder)
    expect(ref).toMatchObject({ name: 'ticket', file: join(folder, file) })
    expect(jsonSchema).toMatchObject({ required: ['number', 'price'] })
    const reading = { pages: [pageOf('Ticket No. 42\nPrice  RM 7.50')], entities: [] }
    expect(type.template.fill(reading).data).toEqual({ number: '42', price: 7.5 })
  },
)

test('what a type file may write in TypeScript', async () => {
  const file = await put('typed.ts', `${ticket()}\ninterface Unused { readonly a: string }\nconst a = 1 satisfies number`)
  expect((await loadType(file, folder)).type.name).toBe('ticket')
}) // prettier-ignore

test('what a model should know of such documents is kept', async () => {
  const text = ticket().replace('rules: []', "rules: [], prompt: 'Tickets of a car park.'")
  const { type } = await loadType(await put('prompted.ts', text), folder)
  expect(type.prompt).toBe('Tickets of a car park.')
  expect(JSON.stringify(questionOf(type, {}, []).messages)).toContain('Tickets of a car park.')
})

test('the JSON Schema of what a program makes of a value is that of what is read', async () => {
  const schema = `z.object({
    number: z.string().transform((s) => s.toUpperCase()),
    price: z.coerce.number().nullable(),
    day: z.coerce.date().nullable(),
    paid: z.boolean().default(false),
  })`
  const { jsonSchema } = await loadType(await put('made.ts', ticket(schema)), folder)
  expect(jsonSchema).toMatchObject({
    properties: {
      number: { type: 'string' },
      price: { type: ['number', 'null'] },
      day: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      paid: { type: 'boolean', default: false },
    },
  })
})

const near = ticket().replace("anchor('Price'", 'anchor(label')

test.each([
  ['by its whole name', './labels/price.ts', 'labels/price.ts'],
  ['without its ending', './labels/price', 'labels/price.ts'],
  ['by the name of what it becomes', './labels/price.js', 'labels/price.ts'],
  ['as the index of a folder', './labels', 'labels/index.ts'],
])('a type may import a file %s, and is another when that changes', async (how, specifier, name) => {
  const place = `near-${how.replaceAll(' ', '-')}`
  await put(`${place}/${name}`, "export const label: string = 'Price'")
  const file = await put(`${place}/ticket.ts`, `import { label } from '${specifier}'\n${near}`)
  const { ref, type } = await loadType(file, folder)
  expect(type.template.fill({ pages: [pageOf('Price 7.50')], entities: [] }).data).toMatchObject({ price: 7.5 })
  expect((await reloadType(ref)).ref).toEqual(ref)
  await put(`${place}/${name}`, "export const label: string = 'Total'")
  await expect(reloadType(ref)).rejects.toMatchObject({ code: 'E_TYPE_INVALID', message: /has changed/ })
  const changed = await loadType(file, folder)
  expect(changed.type.template.fill({ pages: [pageOf('Total 8.00')], entities: [] }).data).toMatchObject({ price: 8 })
}) // prettier-ignore

test('what an imported file imports is part of the type as well, even in a circle', async () => {
  await put('deep/a.ts', "export { label } from '../deeper/b.ts'\nexport const a = 1")
  await put('deeper/b.ts', "import '../deep/a.ts'\nexport const label = 'Price'")
  const file = await put('deep/ticket.ts', `import { label } from './a'\n${near}`)
  const { ref } = await loadType(file, folder)
  await put('deeper/b.ts', "import '../deep/a.ts'\nexport const label = 'Total'")
  expect((await loadType(file, folder)).ref.hash).not.toBe(ref.hash)
  await put('deeper/beside.ts', 'export const nobody = 1')
  await put('deeper/b.ts', "import '../deep/a.ts'\nexport const label = 'Price'")
  expect((await loadType(file, folder)).ref.hash).toBe(ref.hash)
})

test('the version of a package that a type imports is part of it', async () => {
  await put('node_modules/labels/index.js', "export const label = 'Price'")
  const version = (text: string) =>
    put('node_modules/labels/package.json', `{"version":"${text}","type":"module","main":"index.js"}`)
  const file = await put('packaged.ts', `import { label } from 'labels'\n${near}`)
  const hashes = []
  for (const text of ['1.0.0', '1.0.1', '1.0.0']) {
    await version(text)
    hashes.push((await loadType(file, folder)).ref.hash)
  }
  expect(hashes[0]).toBe(hashes[2])
  expect(hashes[0]).not.toBe(hashes[1])
})

test.each(["const price = './price.ts'\nawait import(price)", 'require(`./price.ts`)', "import(folder + 'price.ts')"])(
  'nobody could know what %j imports',
  async (line) => {
    const file = await put('computed.ts', `${line}\n${ticket()}`)
    const refusal = { code: 'E_TYPE_INVALID', message: expect.stringContaining('must stand in quotes') }
    await expect(loadType(file, folder)).rejects.toMatchObject(refusal)
  },
) // prettier-ignore

test('a template may be an object with a state of its own', async () => {
  const text = ticket().replace(/template: template\(.*\),\n/, 'template: { found: { data: { price: 1 } }, fill() { return this.found } },\n') // prettier-ignore
  const { type } = await loadType(await put('own-template.ts', text), folder)
  expect(type.template.fill({ pages: [], entities: [] })).toEqual({ data: { price: 1 } })
})

test('a JSON Schema is named after its file', async () => {
  const schema = '{"title":"Parking ticket","type":"object","properties":{"price":{"type":"number"}}}'
  const { type, jsonSchema } = await loadType(await put('parking.schema.json', schema), folder)
  expect(type.name).toBe('parking')
  expect(jsonSchema).toEqual(JSON.parse(schema))
})

test('a type file without a template is read by captions', async () => {
  const file = await put('captions.ts', ticket().replace('template: template', 'other: template'))
  const { type } = await loadType(file, folder)
  expect(type.template.fill({ pages: [pageOf('Number: 417\nPrice: 12.50')], entities: [] }).data).toEqual({
    number: '417',
    price: 12.5,
  })
})

test.each<[string, string, RegExp]>([
  ['has no default export', 'export const a = 1', /does not export a document type by default/],
  ['has a syntax error', 'export default {', /cannot be loaded/],
  ['throws', "throw new Error('out of luck')", /cannot be loaded: out of luck/],
  ['imports what is not there', "import 'no-such-package'\nexport default 1", /cannot be loaded/],
  ['exports a wrong name', ticket().replace("'ticket'", "'My Ticket'"), /name: a name is lower-case/],
  ['has no Zod schema', ticket('{}'), /schema: schema must be a Zod schema/],
  ['has something else for a template', ticket().replace('template: template', 'template: 1 || template'), /template: template must be made/],
  ['has a required field that is no pointer', ticket().replace("['/price']", "['price']"), /required\.0/],
  ['has a rule for a key that no object may have', ticket().replace('/number', '/__proto__/x'), /"__proto__" is not allowed/],
  ['has a field that no object may have', ticket('z.object({ price: z.object({ constructor: z.string() }) })'), /"constructor" is not allowed/],
  ['refers to itself', ticket('z.object({ get parent() { return self } })').replace('export default', 'const self = z.object({ get self() { return self } })\nexport default'), /"ticket" cannot be used/],
])('refuses a type file that %s', async (why, content, message) => {
  const file = await put(`bad-${why.replaceAll(' ', '-')}.ts`, content)
  await expect(loadType(file, folder)).rejects.toMatchObject({
    code: 'E_TYPE_INVALID',
    message: expect.stringMatching(message),
  })
}) // prettier-ignore

test.each([
  ['./none.ts', 'E_TYPE_INVALID'],
  ['none.json', 'E_TYPE_INVALID'],
  ['invoice-of-mars', 'E_BAD_REQUEST'],
  ['constructor', 'E_BAD_REQUEST'],
  ['__proto__', 'E_BAD_REQUEST'],
])('says that there is no type %s', async (spec, code) => {
  await expect(loadType(spec, folder)).rejects.toMatchObject({ code })
})

test('a file that has changed since a document was submitted is refused', async () => {
  const file = await put('changing.ts', ticket())
  const { ref } = await loadType(file, folder)
  expect((await reloadType(ref)).ref).toEqual(ref)
  await put('changing.ts', ticket().replace("'Price'", "'Total'"))
  await expect(reloadType(ref)).rejects.toMatchObject({ code: 'E_TYPE_INVALID', message: /has changed/ })
  const again = await loadType(file, folder)
  const { data } = again.type.template.fill({ pages: [pageOf('Total 7.50')], entities: [] })
  expect(data).toMatchObject({ price: 7.5 })
})
