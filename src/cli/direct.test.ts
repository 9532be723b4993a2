import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { says, startServer, type TestServer } from '../vlm/openai/server.case.ts'
import { openWorkplace, resultsOf, sample, type Environment, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const ticket = sample('sg-ticket-skew-34')
const key = 'sk-of-a-person-and-secret'

let place: Workplace
let server: TestServer
beforeAll(async () => {
  place = await openWorkplace()
  server = await startServer()
})
afterAll(async () => {
  server.close()
  await place[Symbol.asyncDispose]()
})

const jsonl = ['--format', 'jsonl'] as const

test('the own model reads a page, and every value says where', async () => {
  const { code, stdout } = await place.run(['extract', ticket, '--route', 'direct', ...jsonl])
  const [result] = resultsOf(stdout)
  expect([code, result!.route, result!.error]).toEqual([0, 'direct', null])
  expect(result!.attempts).toMatchObject([
    { path: 'direct', model: expect.stringMatching(/^receipt-dense@/) },
  ])
  const found = Object.values(result!.fields).filter((field) => field.value !== null)
  expect(found.length).toBeGreaterThan(3)
  for (const field of found) expect(field).toMatchObject({ path: 'direct', source: { page: 1 } })
})

test('both paths read, every field says what the other one saw, and pictures show it', async () => {
  const { code, stdout } = await place.run(
    ['extract', ticket, '--route', 'both', '--explain', 'seen', ...jsonl],
  ) // prettier-ignore
  const [result] = resultsOf(stdout)
  expect(code).toBe(0)
  expect(result!.attempts.map((a) => a.path)).toEqual(['direct', 'modular'])
  expect(result!.fields['/total']!.alternatives).toHaveLength(1)
  expect((await readdir(place.path('seen'))).sort()).toEqual(['page.direct.1.png', 'page.modular.1.png'])
  const seen = await sharp(place.path('seen', 'page.direct.1.png'))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { data, info } = seen
  const coloured = Array.from({ length: info.width * info.height }, (_, i) => i * info.channels).filter(
    (at) => Math.abs(data[at]! - data[at + 2]!) > 60,
  )
  expect(coloured.length).toBeGreaterThan(2000)
})

test('a batch by the direct path is not one by the modular path', async () => {
  const run = (...route: string[]) => place.run(['batch', ticket, ...route, ...jsonl])
  const [result] = resultsOf((await run('--route', 'direct')).stdout)
  expect(result!.attempts).toMatchObject([{ path: 'direct' }])
  const [other] = resultsOf((await run('--route', 'modular')).stdout)
  expect(other!.attempts).toMatchObject([{ path: 'modular' }])
})

test('what the direct path leaves in doubt goes through the second queue, and comes out the same as in one process', async () => {
  const pages = [ticket, sample('ch-fuel-shaken-29')]
  const rowsFrom = async (command: string): Promise<ExtractionResult[]> =>
    resultsOf((await place.run([command, ...pages, '--route', 'auto', ...jsonl])).stdout)
  const [inProcess, queued] = [await rowsFrom('extract'), await rowsFrom('batch')]
  const told = (results: ExtractionResult[]) =>
    results.map(({ verdict, reason, fields, attempts }) => ({
      verdict,
      reason,
      fields,
      paths: attempts.map((a) => a.path),
    }))
  expect(told(queued)).toEqual(told(inProcess))
  const doubted = queued.find(({ attempts }) => attempts.length === 2)!
  expect(doubted.attempts.map((a) => a.path)).toEqual(['direct', 'modular'])
  expect(Object.values(doubted.fields).some(({ grounded }) => grounded)).toBe(true)
})

/** The truths of samples, half of them with another total: something must be wrong for a calibration to learn from. */
async function writeTruths(names: readonly string[]): Promise<string> {
  for (const [i, name] of names.entries()) {
    const truth = JSON.parse(await readFile(sample(name, 'truth.json'), 'utf8')) as object
    await mkdir(place.path('truths', name), { recursive: true })
    const changed = i % 2 === 0 ? truth : { ...truth, total: 1 }
    await writeFile(place.path('truths', name, 'truth.json'), JSON.stringify(changed))
  }
  return place.path('truths')
}

test('confidences are fitted on labelled documents, and used where PARALLAX_MODELS says', async () => {
  const names = [
    'sg-ticket-skew-34',
    'my-restaurant-scan-01',
    'au-hardware-phone-26',
    'de-supermarket-scan-18',
    'sg-taxi-scan-08',
  ]
  const pages = names.map((name) => sample(name))
  const truth = await writeTruths(names)
  const out = 'models/receipt-calibration/1'
  const fitted = await place.run(['calibrate', ...pages, '--truth', truth, '--out', out])
  expect([fitted.code, fitted.stdout]).toEqual([
    0,
    expect.stringMatching(/receipt-dense.*\d+ values, \d+ % right/),
  ])
  const read = async (env: Environment) =>
    resultsOf((await place.run(['extract', ticket, '--route', 'both', ...jsonl], env)).stdout)[0]!
  const [before, after] = [await read({}), await read({ PARALLAX_MODELS: place.path('models') })]
  const { merchant, date, total } = before.data as Record<string, unknown>
  expect(after.data).toMatchObject({ merchant, date, total })
  expect(after.fields['/total']!.confidence).not.toBe(before.fields['/total']!.confidence)
})

const type = `
import { z } from 'zod'
import { defineDocumentType, template } from 'parallax'
export default defineDocumentType({
  name: 'ticket', required: ['/shop'], rules: [], template: template({}),
  schema: z.object({ shop: z.string().nullable(), total: z.number().nullable() }),
})`

const asked = (...args: string[]) =>
  place.run([...args, '--route', 'direct', '--vlm', 'openai:eyes-7b', ...jsonl], {
    PARALLAX_VLM_URL: server.url,
    PARALLAX_VLM_KEY: key,
  })

test("a server's model reads a user's own type; its key is kept nowhere", async () => {
  await writeFile(place.path('ticket.ts'), type)
  server.replies(says('{"shop": "HOLLOWICK FOODMART", "total": 15.96}'))
  for (const command of ['extract', 'batch']) {
    const { code, stdout, stderr } = await asked(command, ticket, '--type', './ticket.ts')
    const [result] = resultsOf(stdout)
    expect([code, result!.data]).toEqual([0, { shop: 'HOLLOWICK FOODMART', total: 15.96 }])
    expect(result!.attempts[0]!.model).toMatch(/^openai@eyes-7b/)
    expect(stdout + stderr).not.toContain(key)
  }
  expect(server.asked.at(-1)!.headers.authorization).toBe(`Bearer ${key}`)
  for (const file of await readdir(place.home, { recursive: true, withFileTypes: true })) {
    if (file.isFile())
      expect((await readFile(`${file.parentPath}/${file.name}`)).includes(key), file.name).toBe(false)
  }
})

test.each([
  ['a backend that does not exist', 'crystal', /no .*crystal/],
  ['no model', 'openai', /model/],
])('%s: one line, status 2', async (_, vlm, words) => {
  const { code, stdout, stderr } = await place.run(['extract', ticket, '--route', 'direct', '--vlm', vlm])
  expect(stderr).toMatch(words)
  expect([code, stdout]).toEqual([2, ''])
})
