import { expect, test } from 'vitest'
import type { OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { VlmBackend } from '../../core/vlm.ts'
import { loadType } from '../../document-types/load.ts'
import { loadDocument } from '../../imaging/load.ts'
import { pdfPages } from '../../imaging/test-images.ts'
import { ruleTagger } from '../../ner/rule-tagger.ts'
import { receiptLabeller } from '../../../schemas/receipt/labelling/labeller.ts'
import { attemptRequestSchema, type AttemptRequest } from './attempt.ts'
import { enginesText, pipelineText } from './pipeline.ts'
import { readInChild, type ChildEngines } from './read-in-child.ts'

const { ref: type } = await loadType('receipt', '/')
const tagger = ruleTagger([receiptLabeller])

/** Finds no text, and notes when it looks. */
const blind = (notes: string[]): OcrEngine => ({
  name: 'blind',
  revision: '2',
  uprightConfidence: 0,
  knownScriptConfidence: null,
  digitConfusions: {},
  async recognize({ number }) {
    notes.push(`page ${number}`)
    return { page: number, lines: [] }
  },
})

/** Finds nothing either, in time of its own. */
const seeing = (notes: string[]): VlmBackend => ({
  name: 'seeing',
  revision: '3',
  uprightLegibility: null,
  timeoutMs: 7000,
  async predict(pages) {
    notes.push(`${pages.length} pages`)
    return { data: {}, fields: {}, violations: [], text: '', stopReason: 'end', legibility: [] }
  },
})

function prepare(changes: Partial<AttemptRequest> = {}) {
  const notes: string[] = []
  const ocr = blind(notes)
  const vlm = async () => seeing(notes)
  const calibration = async () => null
  const engines: ChildEngines = {
    version: '1',
    load: (bytes, onPage, extent) => loadDocument(bytes, {}, onPage, extent),
    ocr: async () => ocr,
    tagger: async () => tagger,
    vlm,
    calibration,
  }
  const bytes = pdfPages([[300, 400], [300, 400]]) // prettier-ignore
  const request: AttemptRequest = { bytes, type, path: 'modular', ocr: 'blind', pageMs: 1000, ...changes }
  const read = (own = engines) =>
    readInChild(attemptRequestSchema.parse(request), own, {
      extendDeadline: (ms) => void notes.push(`${ms} ms`),
    })
  return { notes, engines, read, here: pipelineText('1', enginesText(ocr, tagger)) }
}

test('every page has its own time to be made and to be read, and what follows has that of all', async () => {
  const { notes, read } = prepare()
  expect(await read()).toMatchObject({ ok: true })
  expect(notes).toEqual(['1000 ms', '1000 ms', '1000 ms', 'page 1', '1000 ms', 'page 2', '2000 ms'])
})

test('the direct path reads all pages at once, in the time that its model asks for', async () => {
  const { notes, read } = prepare({ path: 'direct', route: 'direct' })
  expect(await read()).toMatchObject({ ok: true, path: 'direct' })
  expect(notes).toEqual(['1000 ms', '1000 ms', '7000 ms', '2 pages'])
})

test('a route is read by the engines of all its paths', async () => {
  const { here } = prepare()
  const pipeline = here.replace('blind@2', 'seeing@3+blind@2')
  expect(await prepare({ path: 'direct', route: 'both', pipeline }).read()).toMatchObject({ path: 'direct' })
  expect(await prepare({ path: 'modular', route: 'both', pipeline }).read()).toMatchObject({
    path: 'modular',
  })
  await expect(prepare({ path: 'direct', route: 'modular' }).read()).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
  })
})

test('work for these engines is read', async () => {
  const { here } = prepare()
  expect(here).toMatch(/^parallax@1\+blind@2\+/)
  expect(await prepare({ pipeline: here }).read()).toMatchObject({ ok: true })
})

test.each([
  ['another Parallax', 'parallax@1', 'parallax@2'],
  ['another revision of the engine', 'blind@2', 'blind@3'],
  ['another engine', 'blind@2', 'tesseract@2'],
])('work for %s is not read', async (_, from, to) => {
  const pipeline = prepare().here.replace(from, to)
  const { notes, read } = prepare({ pipeline })
  await expect(read()).rejects.toMatchObject({
    code: 'E_NOT_READY',
    message: expect.stringContaining(pipeline),
  })
  expect(notes).toEqual([])
})

test('an engine that does not start is no failure of work that another process can do', async () => {
  const missing = () => Promise.reject(new ParallaxError('E_ENGINE', 'It is not installed.'))
  const { engines, read } = prepare()
  await expect(read({ ...engines, ocr: missing })).rejects.toMatchObject({ code: 'E_ENGINE' })
  const promised = prepare({ pipeline: prepare().here })
  await expect(promised.read({ ...engines, ocr: missing })).rejects.toMatchObject({ code: 'E_NOT_READY' })
})
