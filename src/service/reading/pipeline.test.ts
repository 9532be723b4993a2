import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openExtraction } from '../../app/extraction.ts'
import { version } from '../../app/package.ts'
import { readConfig } from '../../config.ts'
import { readingRevision, rulesRevision } from '../../identity/own-revision.ts'
import { describe } from '../types/describe.ts'
import { readDocument } from './read-document.ts'

const sample = resolve(import.meta.dirname, '../../../samples/receipt/my-restaurant-scan-01/page.jpg')
const shipped = resolve(import.meta.dirname, '../../../models')

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'pipeline-'))))
afterAll(() => rm(folder, { recursive: true }))

/** What `describe` says of a type by both paths, with models of one's own before those that ship, and what a document is read by. */
async function pipelineWith(models: string | undefined, read: boolean) {
  const config = readConfig({ ...process.env, ...(models === undefined ? {} : { PARALLAX_MODELS: models }) })
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { reader } = extraction
  const request = { spec: 'receipt', cwd: '/', route: 'both' as const, ocr: 'pp-ocr', vlm: config.vlm }
  const { type, pipeline } = await describe(reader.run, request)
  const bytes = read ? await readFile(sample) : new Uint8Array()
  const { attempts } = await readDocument(reader, bytes, type, 'both')
  return { pipeline, models: attempts.map(({ model }) => model) }
}

/** A copy of a model that ships, with another line in its manifest. */
async function alter(models: string, model: string): Promise<void> {
  await cp(join(shipped, model), join(models, model), { recursive: true })
  const file = join(models, model, 'manifest.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object
  await writeFile(file, JSON.stringify({ ...manifest, note: 'altered' }))
}

const mark = '[0-9a-f]{8}'

test('everything that decides a result is named in its pipeline by a fingerprint, and in the result', async () => {
  const { pipeline, models } = await pipelineWith(undefined, true)
  const [characters, calibration] = [`receipt-characters@1\\.${mark}`, `receipt-calibration@1\\.${mark}`]
  const rules = `${rulesRevision().replaceAll('.', '\\.')}\\.${mark}`
  const parallax = `parallax@${readingRevision(version)}`.replaceAll('.', '\\.')
  const direct = `receipt-dense@1\\.${mark} ${characters}`
  const modular = `pp-ocr@\\S+ line-reader@\\d+\\.${mark} ${characters}\\+receipt-tagger\\+rules@1\\.${mark}\\+${rules}`
  expect(pipeline).toMatch(new RegExp(`^${parallax}\\+${direct}\\+${modular}\\+${calibration}$`))
  expect(models).toEqual([
    expect.stringMatching(new RegExp(`^${direct}\\+${calibration}\\+${parallax}$`)),
    expect.stringMatching(new RegExp(`^${modular}\\+${calibration}\\+${parallax}$`)),
  ])
})

test('with other models of the same names and versions it is another pipeline', async () => {
  const names = ['receipt-characters', 'receipt-tagger', 'receipt-calibration', 'receipt-dense']
  for (const name of names) await alter(folder, `${name}/1`)
  const marksOf = (pipeline: string) =>
    Array.from(pipeline.matchAll(/([\w-]+)@[\d.]+\.([0-9a-f]{8})/g), ([, name, mark]) => [name!, mark!] as const)
  const [one, other] = [await pipelineWith(undefined, false), await pipelineWith(folder, false)]
  const marks = new Map(marksOf(one.pipeline))
  const changed = marksOf(other.pipeline).flatMap(([name, mark]) => (marks.get(name) === mark ? [] : [name]))
  expect(new Set(changed)).toEqual(new Set(['receipt-dense', 'receipt-characters', 'rules', 'receipt-calibration']))
}) // prettier-ignore
