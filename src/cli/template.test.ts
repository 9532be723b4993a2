import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { parseVendorTemplate } from '../templating/vendor/parse.ts'
import { openWorkplace, resultsOf, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const vendors = ['my-cafe', 'sg-taxi'] as const
const receipt = (vendor: string, which: 'a' | 'b', file = 'page.jpg'): string =>
  fileURLToPath(new URL(`../../samples/vendors/${vendor}/${which}/${file}`, import.meta.url))

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.path('templates'))
})
afterAll(() => place[Symbol.asyncDispose]())

/** The values of data by pointer. */
function valuesOf(data: unknown, at = ''): [string, unknown][] {
  if (typeof data !== 'object' || data === null) return [[at, data]]
  return Object.entries(data).flatMap(([key, value]) => valuesOf(value, `${at}/${key}`))
}

async function wrongIn(result: ExtractionResult, vendor: string): Promise<string[]> {
  const truth = valuesOf(JSON.parse(await readFile(receipt(vendor, 'b', 'truth.json'), 'utf8')))
  const read = new Map(valuesOf(result.data))
  return truth.flatMap(([pointer, value]) => ((read.get(pointer) ?? null) === value ? [] : [pointer]))
}

const secondReceipts = vendors.map((vendor) => receipt(vendor, 'b'))

describe('templates drafted from one receipt of each of two vendors', () => {
  const run = (...args: string[]) => place.run(args, { PARALLAX_OCR: 'pp-ocr' })
  let plain: ExtractionResult[]
  let known: ExtractionResult[]
  beforeAll(async () => {
    for (const vendor of vendors) {
      const out = place.path('templates', `${vendor}.yaml`)
      const truth = receipt(vendor, 'a', 'truth.json')
      const draft = await run('template', 'draft', receipt(vendor, 'a'), '--truth', truth, '--out', out)
      expect(draft.stderr).toMatch(/The draft reads [78] of the 8 fields/)
      expect(draft.code).toBe(0)
    }
    const extract = ['extract', ...secondReceipts, '--route', 'modular', '--format', 'jsonl']
    plain = resultsOf((await run(...extract)).stdout)
    known = resultsOf((await run(...extract, '--templates', 'templates')).stdout)
  })

  test('say what they found, and how', async () => {
    const text = await readFile(place.path('templates', 'my-cafe.yaml'), 'utf8')
    const { vendor, type, match, fields } = parseVendorTemplate(text, 'my-cafe')
    expect({ vendor, type, match }).toEqual({
      vendor: 'Kam Kenari Bakehouse',
      type: 'receipt',
      match: ['Kam Kenari Bakehouse'],
    })
    expect(fields['/total']).toEqual([{ anchor: ['AMOUNT DUE'] }])
    expect(fields['/items']![0]!.table).toMatchObject({
      starts: 'amount',
      columns: { unitPrice: { row: 1 } },
    })
    expect(text).toContain('# /time has no text beside it; found by its shape.')
    expect(text).toContain('# /tip is not printed on this document.')
  })

  test('read every field of the next receipts', async () => {
    const wrong = async (results: readonly ExtractionResult[]): Promise<string[]> =>
      (await Promise.all(vendors.map((vendor, i) => wrongIn(results[i]!, vendor)))).flat()
    expect(await wrong(known)).toEqual([])
    expect(known[0]!.data).toMatchObject({ merchant: { phone: '+60 3-5550 8836' }, total: 13.35 })
    expect(known[1]!.data).toMatchObject({ subtotal: 31.9, date: '2025-06-13', time: '16:37' })
  })

  test('stand in the rows they had a part in', () => {
    for (const [i, vendor] of vendors.entries()) {
      expect(known[i]!.attempts[0]!.model).toMatch(new RegExp(`\\+template:${vendor}@[0-9a-f]{12}(\\+|$)`))
      expect(plain[i]!.attempts[0]!.model).not.toContain('template:')
      const { fields } = known[i]!
      expect(Object.values(fields).filter((f) => f.value !== null && f.source === null)).toEqual([])
    }
  })

  test('can be tried: which one a document gets, and what it gives', async () => {
    const tried = await run('template', 'check', secondReceipts[0]!, '--templates', 'templates')
    expect(tried.code).toBe(0)
    expect(tried.stdout).toMatch(/b\/page\.jpg: my-cafe/)
    expect(tried.stdout).toMatch(/\/merchant\/phone *│ text *│ \+60 3-5550 8836/)
    expect(tried.stdout).toMatch(/\/items\/1\/quantity *│ table *│ –/)
    const none = await run('template', 'check', sampleOfAnother, '--templates', 'templates')
    expect(none.stdout).toContain('no template matches')
  })

  test('in the data folder are used without being named, and a changed one reads a batch again', async () => {
    await mkdir(place.path('home', 'templates'), { recursive: true })
    const [from, to] = [
      place.path('templates', 'sg-taxi.yaml'),
      place.path('home', 'templates', 'sg-taxi.yaml'),
    ]
    const batch = () => run('batch', secondReceipts[1]!)
    const models = async () => resultsOf((await batch()).stdout).map((result) => result.attempts[0]!.model)
    const [without] = await models()
    await copyFile(from, to)
    const [first] = await models()
    expect(without).not.toContain('template:')
    expect(first).toContain('template:sg-taxi@')
    const again = await batch()
    expect(again.stderr).toContain('1 of them need no reading')
    await writeFile(to, `# Kept by Mei.\n${await readFile(from, 'utf8')}`)
    expect((await batch()).stderr).toContain('1 of them need no reading')
    await writeFile(to, (await readFile(from, 'utf8')).replace(/^ {2}\/subtotal:\n.*\n/m, ''))
    const changed = await batch()
    expect(changed.stderr).not.toContain('need no reading')
    const [result] = resultsOf(changed.stdout)
    expect(result!.data).toMatchObject({ total: 31.9 })
    expect(result!.attempts[0]!.model).not.toBe(first)
  })
})

const sampleOfAnother = fileURLToPath(
  new URL('../../samples/receipt/sg-cafe-skew-09/page.jpg', import.meta.url),
)

describe('templates for other types', () => {
  test.each([['extract'], ['batch'], ['template check']])('are told of by %s', async (command) => {
    await mkdir(place.path('mistyped'), { recursive: true })
    await writeFile(
      place.path('mistyped', 'a.yaml'),
      'vendor: A\ntype: reciept\nmatch: ABC\nfields:\n  /total: { anchor: A }\n',
    )
    await writeFile(place.path('empty.png'), '')
    const { stderr } = await place.run([...command.split(' '), 'empty.png', '--templates', 'mistyped'])
    expect(stderr).toContain('1 vendor template is for "reciept", not for "receipt": it is not used.\n')
  })
})

describe('what cannot be used ends the command before anything is read', () => {
  const page = secondReceipts[1]!
  const bad = 'vendor: A\ntype: receipt\nmatch: ABC\nfields:\n  /totl: { anchor: A }\n'

  test.each([
    ['a broken file', 'extract', bad.replace('anchor', 'ancor'), /bad\.yaml cannot be used, line 5: "ancor"/],
    ['a field of another type', 'extract', bad, /bad does not fit the type "receipt": there is no field \/totl/],
    ['a broken file in a batch', 'batch', '{', /bad\.yaml cannot be used.*not YAML/],
    ['a broken file for another type', 'extract', bad.replace('receipt', ''), /bad\.yaml cannot be used, line 2/],
  ])('%s', async (_, command, text, words) => {
    await mkdir(place.path('bad'), { recursive: true })
    await writeFile(place.path('bad', 'bad.yaml'), text)
    const { code, stdout, stderr } = await place.run([command, page, '--templates', 'bad'])
    expect(stderr).toMatch(words)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test.each([
    ['a folder that is not there', ['extract', page, '--templates', 'nowhere'], /no folder of vendor templates/],
    ['nothing to check', ['template', 'check', page, '--templates', '.'], /no vendor templates for the type "receipt"/],
    ['a truth that is none', ['template', 'draft', page, '--truth', page], /not a truth that can be read/],
    ['a truth of another document', ['template', 'draft', page, '--truth', 'other.json'], /None of the true values/],
  ])('%s', async (_, args, words) => {
    await writeFile(place.path('other.json'), JSON.stringify({ total: 123.45, merchant: { name: 'Qwxz Vbnm' } }))
    const { code, stderr } = await place.run(args)
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })
}) // prettier-ignore
