import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType, type DocumentType } from '../core/document-type.ts'
import { searchModelsIn } from '../onnx/model-folder.ts'
import { anchor } from '../templating/anchor.ts'
import { entity } from '../templating/entity.ts'
import type { FieldRule } from '../templating/rule.ts'
import { template } from '../templating/template.ts'
import { dates, times } from './labellers.ts'
import { openTagger } from './open-tagger.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'type-models-'))
  searchModelsIn(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const typeWith = (rule: FieldRule, changes: Partial<DocumentType> = {}): DocumentType => ({
  ...defineDocumentType({
    name: 'pass',
    schema: z.object({ day: z.string().nullable() }),
    required: [],
    template: template({ '/day': rule }),
    rules: [],
  }),
  ...changes,
})

/** A model of a document type, as its manifest says. */
async function writeModel(id: string, manifest: object): Promise<void> {
  await mkdir(join(folder, id), { recursive: true })
  const [name, version] = id.split('/')
  const whole = { name, version, task: 'document-type', files: {}, ...manifest }
  await writeFile(join(folder, id, 'manifest.json'), JSON.stringify(whole))
}

test('a template that looks for no labels has no tagger', async () => {
  expect(await openTagger(typeWith(anchor('Day'), { model: 'receipt/1' }))).toBeNull()
})

test("a type is labelled by its own labellers, its model's tagger, or both", async () => {
  const rules = await openTagger(typeWith(entity('DATE'), { labellers: [dates(), times()] }))
  expect(rules).toMatchObject({ name: 'rules', labels: ['DATE', 'TIME'] })
  const network = await openTagger(typeWith(entity('TOTAL'), { model: 'receipt/1' }))
  expect(network?.name).toBe('receipt-tagger')
  const both = await openTagger(typeWith(entity('DATE'), { model: 'receipt/1', labellers: [dates()] }))
  expect(both?.name).toBe('receipt-tagger+rules')
})

test('a type that asks for fields is read by the model for any document', async () => {
  const phrases = [{ kind: 'title', text: 'Day' }] as const
  const questions = [{ pointer: '/day', list: null, phrases, type: 'date' }] as const
  expect(await openTagger(typeWith(anchor('Day'), { questions }))).toMatchObject({
    name: 'document',
    labels: ['/day'],
  })
  expect(await openTagger(typeWith(anchor('Day'), { questions: [] }))).toBeNull()
})

test.each<[string, Partial<DocumentType>, string]>([
  ['no labeller and no model', {}, 'looks for the label DATE, which nothing gives to words; the type has neither'],
  ['other labellers', { labellers: [times()] }, 'known are TIME'],
  ['a model without a tagger', { model: 'general/1' }, 'the type has neither labellers nor a model with a tagger'],
])('a template that looks for a label is refused with %s', async (_, changes, why) => {
  await expect(openTagger(typeWith(entity('DATE'), changes))).rejects.toMatchObject({
    code: 'E_TYPE_INVALID',
    message: expect.stringContaining(why),
  })
}) // prettier-ignore

test.each<[string, string, object, RegExp]>([
  ['whose tagger is not there', 'lone/1', { parts: { tagger: 'nobody/3' } }, /lone\/1 is made of nobody\/3/],
  ['that is of another version than its folder', 'moved/1', { version: '2', parts: { tagger: 'receipt-tagger/1' } }, /holds moved\/2/],
  ['without parts', 'empty/1', { parts: {} }, /has parts/],
  ['that is a reader', 'reader/1', { task: 'text-line-recognition' }, /none of a document type/],
  ['that names a part by another form', 'odd/1', { parts: { tagger: '../receipt' } }, /parts\.tagger/],
])('a model %s is refused with one sentence', async (_, id, manifest, why) => {
  await writeModel(id, manifest)
  await expect(openTagger(typeWith(entity('DATE'), { model: id }))).rejects.toMatchObject({
    code: 'E_ENGINE',
    message: expect.stringMatching(why),
  })
}) // prettier-ignore

test('a tagger and labellers that nobody has measured together are refused', async () => {
  await writeModel('apart/1', { parts: { tagger: 'receipt-tagger/1' } })
  expect((await openTagger(typeWith(entity('DATE'), { model: 'apart/1' })))?.name).toBe('receipt-tagger')
  await expect(
    openTagger(typeWith(entity('DATE'), { model: 'apart/1', labellers: [dates()] })),
  ).rejects.toMatchObject({
    code: 'E_ENGINE',
    message: expect.stringContaining('goes together'),
  })
})

test('a model that is not there is refused', async () => {
  await expect(openTagger(typeWith(entity('DATE'), { model: 'nobody/1' }))).rejects.toMatchObject({
    code: 'E_ENGINE',
  })
})
