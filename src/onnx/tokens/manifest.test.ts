import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { glob } from 'tinyglobby'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openTypeModel } from '../type-model.ts'
import { recordLabelsOf } from './manifest.ts'

const models = fileURLToPath(new URL('../../../models/', import.meta.url))
const taggerSchema = z.object({
  labels: z.object({
    values: z.array(z.string()),
    keys: z.array(z.string()),
    records: z.array(z.string()).optional(),
  }),
})

/** The models that ship and label words, with what they label. */
async function taggers(): Promise<readonly (readonly [string, z.infer<typeof taggerSchema>['labels']])[]> {
  const found = await Promise.all(
    (await glob('*/*/manifest.json', { cwd: models, absolute: true })).map(async (file) => {
      const parsed = taggerSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
      return parsed.success ? [[file.slice(models.length), parsed.data.labels] as const] : []
    }),
  )
  return found.flat()
}

test('every model that labels parts of receipt items says that they make records', async () => {
  const { merging } = await openTypeModel('receipt/1')
  const { description, quantity, unitPrice, amount } = merging!.records
  const parts = [description, quantity, unitPrice, amount]
  const labelling = (await taggers()).filter(([, { values }]) => parts.some((part) => values.includes(part)))
  expect(labelling.map(([file]) => file).sort()).toEqual(
    expect.arrayContaining(['receipt-dense/1/manifest.json', 'receipt-tagger/1/manifest.json']),
  )
  for (const [file, labels] of labelling)
    expect([...recordLabelsOf(labels)].sort(), file).toEqual([...parts].sort())
})
