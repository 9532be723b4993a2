import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { pdfWithText, printed } from '../imaging/test-layers.ts'
import { anyDocument } from '../onnx/own-model.ts'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })

const root = fileURLToPath(new URL('../../', import.meta.url))
const general = `${root}models/${anyDocument}`
const python = `${root}training/.venv/bin/python`

/** Why nothing can be trained here; null where it can. */
function whyNot(): string | null {
  if (!existsSync(`${general}/weights.pt`)) return `models/${anyDocument} has no weights.pt`
  const modules = 'import torch, onnx, faker'
  return spawnSync(python, ['-c', modules]).status === 0 ? null : 'training/.venv has no PyTorch'
}
const missing = whyNot()

const schema = {
  type: 'object',
  properties: {
    slip: { type: ['string', 'null'], title: 'Slip' },
    weight: { type: ['number', 'null'], title: 'Load' },
  },
}

const truthOf = (i: number) => ({ slip: `Z-${4000 + 37 * i}`, weight: 100 + 11 * i })

let place: Workplace

async function writeDocuments(folder: string, count: number, truth = truthOf): Promise<void> {
  await mkdir(place.path(folder), { recursive: true })
  for (let i = 0; i < count; i++) {
    const { slip, weight } = truthOf(i)
    const lines = ['Hollowick Quarry', `Ticket reference ${slip}`, `Net mass ${weight}.00`, `Lorry ${i + 1}`]
    await writeFile(place.path(folder, `${i}.pdf`), pdfWithText([{ content: printed(lines) }]))
    await writeFile(place.path(folder, `${i}.json`), JSON.stringify(truth(i)))
  }
}

const train = (...args: readonly string[]) =>
  place.run(['train', '--type', './slip.json', ...args], {
    PARALLAX_PYTHON: existsSync(python) ? python : undefined,
  })

const rowSchema = z.object({ attempts: z.array(z.object({ model: z.string() })) })

async function modelsOf(file: string): Promise<string> {
  const args = ['extract', file, '--type', './slip.json', '--route', 'modular', '--format', 'jsonl']
  const { stdout } = await place.run(args)
  return rowSchema
    .parse(JSON.parse(stdout))
    .attempts.map(({ model }) => model)
    .join()
}

beforeAll(async () => {
  place = await openWorkplace()
  await writeFile(place.path('slip.json'), JSON.stringify(schema))
  await writeDocuments('slips', 6)
})
afterAll(() => place[Symbol.asyncDispose]())

test('a Python without what training needs is told of, with what helps', async () => {
  const { code, stderr } = await place.run(['train', '--type', './slip.json', 'slips'], {
    PARALLAX_PYTHON: '/nowhere/python',
  })
  expect(code).toBe(2)
  expect(stderr).toMatch(/\/nowhere\/python, does not start: parallax train --set-up .* \(E_ENGINE\)/)
})

test('a type has the model that was put in use for it until it is taken back', async () => {
  const own = place.path('home', 'models', 'document-slip', '1')
  await cp(general, own, { recursive: true })
  const manifest = JSON.parse(await readFile(`${own}/manifest.json`, 'utf8')) as Record<string, unknown>
  await writeFile(
    `${own}/manifest.json`,
    JSON.stringify({ ...manifest, name: 'document-slip', version: '1' }),
  )
  const [generalName] = anyDocument.split('/')
  expect(await modelsOf('slips/0.pdf')).toMatch(new RegExp(`\\+${generalName}@`))

  expect((await train('--use', '1')).stdout).toContain('read by document-slip/1 from now on')
  expect(await modelsOf('slips/0.pdf')).toContain('+document-slip@1.')
  expect((await train('--use', '7')).stderr).toMatch(/no version 7 for the type slip; there are 1/)
  expect((await train('--use', 'general')).stdout).toContain(`read by ${anyDocument} from now on`)
  expect(await modelsOf('slips/0.pdf')).not.toContain('document-slip')
})

const hasTorch = spawnSync(python, ['-c', 'import torch, onnx, faker']).status === 0

test.skipIf(!hasTorch)('examples that do not do are refused before anything is trained', async () => {
  await writeDocuments('few', 3)
  const few = await train('few')
  expect(few).toMatchObject({ code: 2, stderr: expect.stringMatching(/at least 5 documents .* there are 3/) })

  await writeDocuments('others', 6, (i) => truthOf(i + 50))
  expect((await train('others')).stderr).toMatch(/The values contradict the documents: only 0 of 12/)

  const receipts = await place.run(['train', '--type', 'receipt', 'slips'], { PARALLAX_PYTHON: python })
  expect(receipts.stderr).toMatch(/only a type that its JSON Schema alone describes can be trained/)
})

const whole = `the whole command makes a model, measures it and uses it${missing ? ` (skipped: ${missing})` : ''}`

test.skipIf(missing !== null)(whole, async () => {
  const { code, stdout, stderr } = await train('slips', '--steps', '2', '--anyway', '-j', '2')
  expect(stderr).toContain('6 documents to learn from; 12 of 12 values were found on them.')
  expect(code).toBe(0)
  expect(stdout).toMatch(/6 documents in 5 folds, each read by a network that had learnt from the others/)
  expect(stdout).toMatch(/\/slip +\W* *6/)
  expect(stdout).toContain('parallax calibrate')
  const own = place.path('home', 'models', 'document-slip', '2')
  const manifest = JSON.parse(await readFile(`${own}/manifest.json`, 'utf8')) as Record<string, unknown>
  expect(manifest).toMatchObject({
    name: 'document-slip',
    version: '2',
    documentType: 'slip',
    training: { documents: 6, own: 6, steps: 2 },
    metrics: { documents: 6, folds: 5, fields: { '/slip': { count: 6 } } },
  })
  expect(await readFile(`${own}/card.md`, 'utf8')).toContain('# document-slip 2')
  expect(await modelsOf('slips/0.pdf')).toContain('+document-slip@2.')
})
