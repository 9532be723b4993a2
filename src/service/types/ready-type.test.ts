import { expect, test } from 'vitest'
import { loadType } from '../../document-types/load.ts'
import { parseVendorTemplate } from '../../templating/vendor/parse.ts'
import { attemptRequestSchema } from '../reading/attempt.ts'
import { readyType } from './ready-type.ts'
import { trialRequestSchema } from '../reading/try-templates.ts'

const { ref: type, type: receipt } = await loadType('receipt', '/')
const text = 'vendor: A\ntype: receipt\nmatch: ABC\nfields:\n  /total: { anchor: Total }\n'
const [own, other] = [parseVendorTemplate(text, 'a'), parseVendorTemplate(text, 'b')]

/** A document as a child gets it: a copy. */
const sent = (...templates: unknown[]) =>
  structuredClone({ bytes: new Uint8Array(), type, path: 'modular', ocr: 'pp-ocr', pageMs: 1, templates })
const readied = (...templates: unknown[]) => {
  const request = attemptRequestSchema.parse(sent(...templates))
  return readyType(request.type, request.templates)
}

test('templates that come with the next document too are neither parsed nor compiled again', async () => {
  const first = attemptRequestSchema.parse(sent(own, other)).templates
  expect(first).toEqual([own, other])
  expect(attemptRequestSchema.parse(sent(own, other)).templates).toBe(first)
  expect(trialRequestSchema.parse(sent(own, other)).templates).toBe(first)
  expect(await readied(own, other)).toBe(await readied(own, other))
})

test('other templates, or another order of them, are', async () => {
  const types = [await readied(own), await readied(other), await readied(other, own), await readied(own)]
  expect(new Set(types).size).toBe(4)
  expect(await readied()).toBe(receipt)
})

test('what is no template is refused, however often it comes', () => {
  for (const bad of [{ ...own, match: [] }, { ...own, match: [] }, null, 'a'])
    expect(() => attemptRequestSchema.parse(sent(bad))).toThrow()
  expect(() => attemptRequestSchema.parse(sent(...Array<unknown>(501).fill(own)))).toThrow()
})
