import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Page } from '../../core/document.ts'
import { pageOf } from '../../core/page.case.ts'
import type { TypeRef } from '../../core/jobs.ts'
import { loadType } from '../../document-types/load.ts'
import { pdfPages } from '../../imaging/test-images.ts'
import { loadDocument } from '../../imaging/load.ts'
import { ruleTagger } from '../../ner/rule-tagger.ts'
import { receiptLabeller } from '../../../schemas/receipt/labelling/labeller.ts'
import { parseVendorTemplate } from '../../templating/vendor/parse.ts'
import { draftInChild } from './draft-in-child.ts'
import type { ChildEngines } from './read-in-child.ts'

const { ref: receipt } = await loadType('receipt', '/')
const printed = pageOf('KEDAI MAJU SDN BHD\n7 Jalan Besar\nTotal  10.60')

const engines: ChildEngines = {
  load: (bytes, onPage, extent) => loadDocument(bytes, {}, onPage, extent),
  calibration: async () => null,
  version: '1',
  tagger: async () => ruleTagger([receiptLabeller]),
  vlm: () => Promise.reject(new Error('A draft needs no model.')),
  ocr: async () => ({
    name: 'known',
    revision: '1',
    uprightConfidence: 0,
    knownScriptConfidence: null,
    digitConfusions: {},
    recognize: async ({ number }: Page) => ({ ...printed, page: number }),
  }),
}

const draft = (type: TypeRef, truth: Record<string, unknown>) =>
  draftInChild(
    { bytes: pdfPages([[300, 400]]), type, ocr: 'known', pageMs: 1000, truth, source: 'a.pdf' },
    engines,
    { extendDeadline: () => {} },
  )

test('what is drafted is a template that can be used', async () => {
  const { text, read } = await draft(receipt, { merchant: { name: ' ' }, total: 10.6 })
  expect(parseVendorTemplate(text, 'maju')).toMatchObject({ vendor: 'KEDAI MAJU SDN BHD', type: 'receipt' })
  expect(read).toBe(1)
})

test('what would be refused later is refused now', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'draft-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, `${'bill'.repeat(30)}.json`)
  await writeFile(file, JSON.stringify({ type: 'object', properties: { total: { type: 'number' } } }))
  const { ref } = await loadType(file, '/')
  await expect(draft(ref, { total: 10.6 })).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringMatching(/drafted from a\.pdf cannot be used, line 3: "type"/),
  })
})
