import { copyFile, mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '../core/errors.ts'
import type { Box } from '../core/geometry.ts'
import { extractionResultSchema, type ExtractionResult } from '../core/extraction-result.ts'
import { encryptedPdf, filled, pdfOf, picture, pngBomb, sequence } from '../imaging/test-images.ts'
import {
  filesOf,
  openWorkplace,
  processesIn,
  resultsOf,
  sample,
  type Ended,
  type Workplace,
} from './command.case.ts'

const cafe = sample('sg-cafe-skew-09')
const cafeData = { merchant: { name: 'Vesrose Cafe F&B Pte Ltd' }, date: '2025-01-03', total: 42.8 }
const ticket = sample('sg-ticket-skew-34')
const ticketData = { merchant: { name: 'HOLLOWICK FOODMART' }, date: '2022-09-08', total: 15.96 }
const taxi = sample('sg-taxi-scan-08')
const invoice = sample('au-invoice-scan-32')

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await mkdir(place.path('types'))
})
afterAll(() => place[Symbol.asyncDispose]())

const isRoot = process.getuid?.() === 0

/** One line for people, and nothing read. */
function expectRefusal({ code, stdout, stderr }: Ended, words: RegExp): void {
  expect(stderr).toMatch(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stdout).toBe('')
  expect(code).toBe(2)
}

describe('documents that can be read', () => {
  let ended: Ended
  let results: ExtractionResult[]
  beforeAll(async () => {
    const scans = place.path('scans [1]', 'below')
    await mkdir(scans, { recursive: true })
    await copyFile(ticket, place.path('first.jpg'))
    await copyFile(ticket, place.path('scans [1]', 'page 10.png'))
    await copyFile(cafe, place.path('scans [1]', 'page 9.jpg'))
    await copyFile(taxi, place.path('scans [1]', 'below', 'taxi.jpeg'))
    for (const name of ['truth.json', 'rows.jsonl', 'rows.csv', 'notes.md', 'old.log', '.hidden.jpg'])
      await writeFile(place.path('scans [1]', name), '{}')
    await symlink('.', place.path('scans [1]', 'round'))
    ended = await place.run([
      'extract',
      'first.jpg',
      'scans [1]',
      '*.jpg',
      './first.jpg',
      'scans*/below/*',
      '--format',
      'jsonl',
    ])
    results = resultsOf(ended.stdout)
  })

  test('are rows in input order, each once, under their given names, and nothing else on standard output', () => {
    expect(ended.code).toBe(0)
    expect(filesOf(results)).toEqual([
      'first.jpg',
      'scans [1]/below/taxi.jpeg',
      'scans [1]/page 9.jpg',
      'scans [1]/page 10.png',
    ])
    expect(ended.stderr).toContain('4 documents')
    expect(ended.stderr).toContain('No certificate was given')
  })

  test('have the merchant, date and total that are printed', () => {
    expect(results[2]!.data).toMatchObject(cafeData)
    expect(results[0]!.data).toMatchObject(ticketData)
    expect(results[3]).toEqual({
      ...results[0],
      file: 'scans [1]/page 10.png',
      ms: results[3]!.ms,
      attempts: results[3]!.attempts,
    })
    expect(results[1]!.data).toMatchObject({ merchant: { name: 'WINFIELD CITY CAB' }, total: 48 })
  })

  test('say where each value stands and how it was printed', async () => {
    const { source, text, value, certified } = results[2]!.fields['/total']!
    expect({ value, certified, page: source?.page }).toEqual({ value: 42.8, certified: false, page: 1 })
    expect(text).toContain('42.80')
    expect(source!.text).toContain('42.80')
    const [, top, , bottom] = source!.box
    expect(top).toBeGreaterThan(0.5)
    expect(bottom - top).toBeLessThan(0.1)
    const date = results[2]!.fields['/date']!.source!
    expect(date.box[3]).toBeLessThan(top)
    expect(await inkShare(cafe, source!.box)).toBeGreaterThan(3 * (await inkShare(cafe, [0, 0, 1, 1])))
  })
})

test('the eight EXIF orientations of a page are read alike', async () => {
  const turns = [[0, 0], [0, 1], [180, 0], [180, 1], [270, 1], [270, 0], [90, 1], [90, 0]] as const // prettier-ignore
  await mkdir(place.path('turned'))
  for (const [i, [angle, mirror]] of turns.entries()) {
    const page = await sharp(ticket)
      .flop(mirror === 1)
      .png()
      .toBuffer()
    const turned = sharp(page)
      .rotate(angle)
      .withMetadata({ orientation: i + 1 })
    await turned.png().toFile(place.path('turned', `${i + 1}.png`))
  }
  const { stdout, code } = await place.run(['extract', 'turned', '--format', 'jsonl'])
  const results = resultsOf(stdout)
  expect(code).toBe(0)
  expect(filesOf(results)).toEqual(turns.map((_, i) => `turned/${i + 1}.png`))
  expect(results[0]!.data).toMatchObject(ticketData)
  for (const result of results)
    expect({ data: result.data, fields: result.fields }).toEqual({
      data: results[0]!.data,
      fields: results[0]!.fields,
    })
})

describe('bad input', () => {
  const text = 'Dear Sir or Madam, please find attached our invoice.'
  const html = '<!doctype html><html><body>Invoice</body></html>'
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'
  const part = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share))

  function flipped(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes)
    const at = Math.floor(bytes.length / 2)
    copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at)
    return copy
  }
  const jpeg = () => readFile(ticket)
  const png = () => sharp(ticket).png().toBuffer()
  const plain = (width: number, height: number) =>
    picture(filled(width, height, 255))
      .png()
      .toBuffer()
  const long = `${'long-'.repeat(49)}name.jpg`

  const files: [string, ErrorCode | 'E_NO_TEXT' | null, () => Buffer | string | Promise<Buffer>][] = [
    ['-dash first.jpg', null, jpeg],
    ['a JPEG in truth.png', null, jpeg],
    ['blank.png', 'E_NO_TEXT', () => plain(900, 1200)],
    ['bomb of bits.png', 'E_TOO_MANY_PIXELS', () => pngBomb(50_000, 50_000, 1, 0)],
    ['bomb of colours.png', 'E_TOO_MANY_PIXELS', () => pngBomb(16_383, 16_383, 8, 6)],
    ['circle.pdf', 'E_CORRUPT', () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'])], // prettier-ignore
    ['cut at 05.jpg', 'E_CORRUPT', async () => part(await jpeg(), 0.05)],
    ['cut at 30.jpg', 'E_CORRUPT', async () => part(await jpeg(), 0.3)],
    ['cut at 60.jpg', 'E_CORRUPT', async () => part(await jpeg(), 0.6)],
    ['cut at 95.jpg', 'E_CORRUPT', async () => part(await jpeg(), 0.95)],
    ['empty.jpg', 'E_NOT_IMAGE', () => ''],
    ['fake.pdf', 'E_CORRUPT', () => '%PDF-1.7\nthis is no document, only its first line\n'],
    ['flipped bit.png', 'E_CORRUPT', async () => flipped(await png())],
    ['huge photo.jpg', null, () => sharp(ticket).resize(6_700, 9_464).jpeg({ quality: 60 }).toBuffer()],
    ['locked.pdf', 'E_PDF_ENCRYPTED', encryptedPdf],
    [long, null, jpeg],
    ['moving.gif', null, () => sharp(ticket).gif().toBuffer()],
    ['name\nof two lines.jpg', null, jpeg],
    ['name \u202egpj.exe.jpg', null, jpeg],
    [`name of "quotes', $(touch pwned) & more.jpg`, null, jpeg],
    ['no pages.pdf', 'E_CORRUPT', () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'])], // prettier-ignore
    ['picture.svg', 'E_UNSUPPORTED_TYPE', () => svg],
    ['signature.png', 'E_NOT_IMAGE', async () => (await png()).subarray(0, 8)],
    ['text.txt', 'E_NOT_IMAGE', () => text],
    ['web page.jpg', 'E_NOT_IMAGE', () => html],
    ['x pixel.png', 'E_TOO_SMALL', () => plain(1, 1)],
    ['y line.png', 'E_TOO_SMALL', () => plain(1, 20_000)],
  ]
  const named: [string, ErrorCode][] = [
    ['absent.jpg', 'E_NOT_FOUND'],
    ['first.jpg/page.jpg', 'E_NOT_FOUND'],
    [`${'n'.repeat(300)}.jpg`, 'E_NOT_FOUND'],
    ['ring.jpg', 'E_NOT_READABLE'],
    ['/dev/null', 'E_NOT_READABLE'],
    ['vast.jpg', 'E_FILE_TOO_LARGE'],
  ]

  let ended: Ended
  let results: ExtractionResult[]
  beforeAll(async () => {
    await mkdir(place.path('bad'))
    for (const [name, , make] of files) await writeFile(place.path('bad', name), await make())
    await symlink('ring.jpg', place.path('ring.jpg'))
    await writeFile(place.path('vast.jpg'), '')
    await truncate(place.path('vast.jpg'), 200e6)
    // In a folder these two would be passed over.
    const others = ['bad/picture.svg', 'bad/text.txt']
    ended = await place.run([
      'extract',
      ...others,
      'bad',
      '--format',
      'jsonl',
      ...named.map(([name]) => name),
    ])
    results = resultsOf(ended.stdout)
  })

  test('gives exactly one row for each file, in order, and exit status 1', () => {
    expect(ended.stderr).toMatch(/^\d+ documents: .* failed\n/)
    const inFolder = filesOf(results).slice(0, files.length)
    expect(new Set(inFolder)).toEqual(new Set(files.map(([name]) => `bad/${name}`)))
    expect(filesOf(results).slice(files.length)).toEqual(named.map(([name]) => name))
    expect(ended.code).toBe(1)
  })

  const rowOf = (file: string): ExtractionResult => results.find((result) => result.file === file)!
  const bad = files.flatMap(([name, code]) =>
    code && code !== 'E_NO_TEXT' ? [[`bad/${name}`, code] as const] : [],
  )
  test.each([...bad, ...named])('%s: %s', (file, code) => {
    const result = rowOf(file)
    expect(result.error).toMatchObject({ code, retryable: false })
    expect(result.error!.message).toMatch(/^[A-Z].{10,}\.$/)
    expect(result).toMatchObject({ verdict: 'failed', data: null, fields: {} })
  })

  const good = files.flatMap(([name, code]) => (code === null ? [`bad/${name}`] : []))
  test.each(good)('%j is read all the same', (file) => {
    expect(rowOf(file).data).toMatchObject(ticketData)
  })

  test('a page without text has not failed', () => {
    const result = rowOf('bad/blank.png')
    expect(result.verdict).toBe('needs_review')
    expect(result.flags.map((flag) => flag.code)).toContain('E_NO_TEXT')
    expect(Object.values(result.fields).filter((field) => field.value !== null)).toEqual([])
  })

  test('names of files do nothing but name', async () => {
    expect(await readdir(place.folder)).not.toContain('pwned')
  })

  test.skipIf(isRoot)('a file that may not be read (as root, every file may)', async () => {
    await writeFile(place.path('mine.jpg'), await jpeg(), { mode: 0 })
    const { stdout, code } = await place.run(['extract', 'mine.jpg', '--format', 'jsonl'])
    expect(resultsOf(stdout).map((result) => result.error?.code)).toEqual(['E_NOT_READABLE'])
    expect(code).toBe(1)
  })
})

test('documents that hang, swell or crash the reading fail alone', async () => {
  await copyFile(cafe, place.path('hang.jpg'))
  await writeFile(
    place.path('types', 'trap.ts'),
    `import { anchor, defineDocumentType, entity, money, template } from 'parallax'
     import { z } from 'zod'
     function spring({ total }) {
       const held = []
       while (total === 42.8);
       while (total === 15.96) held.push(Buffer.alloc(2 ** 24, 1))
       if (total === 48) process.abort()
       return []
     }
     export default defineDocumentType({
       name: 'trap',
       schema: z.object({ total: z.number().nullable() }),
       required: [],
       template: template({ '/total': entity('TOTAL', { as: money }) }),
       model: 'receipt/1',
       rules: [spring],
     })`,
  )
  await writeFile(place.path('noise.png'), await noise(2480, 3508))
  const inputs = ['hang.jpg', 'noise.png', 'first.jpg', 'scans [1]/below/taxi.jpeg', 'hardware.jpg']
  await copyFile(sample('us-hardware-skew-12'), place.path('hardware.jpg'))
  const { stdout, code } = await place.run(
    ['extract', ...inputs, '--type', 'types/trap.ts', '--route', 'modular', '--format', 'jsonl', '-j', '2'],
    { PARALLAX_PAGE_SECONDS: '10', PARALLAX_MEMORY_MB: '900' },
  )
  const results = resultsOf(stdout)
  const codes = ['E_TIMEOUT', 'E_TIMEOUT', 'E_MEMORY', 'E_CRASHED', undefined]
  expect(results.map((result) => result.error?.code)).toEqual(codes)
  expect(results.map((result) => result.error?.retryable ?? false)).toEqual(
    codes.map((c) => c === 'E_CRASHED'),
  )
  expect(results.at(-1)!.data).toEqual({ total: 59.9 })
  expect(code).toBe(1)
  expect(await processesIn(place.folder)).toEqual([])
})

function noise(width: number, height: number): Promise<Buffer> {
  const next = sequence(5)
  const image = filled(width, height, 0)
  for (let i = 0; i < image.data.length; i++) image.data[i] = next() < 0.5 ? 0 : 255
  return picture(image).png({ compressionLevel: 1 }).toBuffer()
}

describe('formats', () => {
  test('json is one list; csv has a line for each document or item, and no cell that a spreadsheet would run', async () => {
    const [json, csv, items] = await Promise.all([
      place.run(['extract', 'first.jpg', 'hang.jpg']),
      place.run(['extract', 'hang.jpg', 'first.jpg', '=cmd.jpg', '--format', 'csv']),
      place.run(['extract', 'hang.jpg', 'absent.jpg', '--format', 'csv', '--per', 'item']),
    ])
    const results = z.array(extractionResultSchema).parse(JSON.parse(json.stdout))
    expect(filesOf(results)).toEqual(['first.jpg', 'hang.jpg'])

    const lines = parseCsv(csv.stdout)
    expect(lines.map((line) => [line['file'], line['merchant.name'], line['date'], line['total']])).toEqual([
      ['hang.jpg', cafeData.merchant.name, cafeData.date, String(cafeData.total)],
      ['first.jpg', ticketData.merchant.name, ticketData.date, String(ticketData.total)],
      ["'=cmd.jpg", '', '', ''],
    ])
    expect(lines[2]).toMatchObject({ verdict: 'failed', error: 'E_NOT_FOUND' })

    const perItem = parseCsv(items.stdout)
    expect(perItem.map((line) => [line['file'], line['items.amount'], line['total']])).toEqual([
      ['hang.jpg', '22', '42.8'],
      ['hang.jpg', '9', '42.8'],
      ['hang.jpg', '11.8', '42.8'],
      ['absent.jpg', '', ''],
    ])
  })
})

describe('document types', () => {
  test('a file elsewhere that imports "parallax" and "zod"', async () => {
    await writeFile(
      place.path('types', 'slip.ts'),
      `import { anchor, defineDocumentType, money, regex, template } from 'parallax'
       import { z } from 'zod'
       console.log('types may print')
       export default defineDocumentType({
         name: 'slip',
         schema: z.object({ sum: z.number().nullable(), clock: z.string().nullable(), gift: z.number().nullable() }),
         required: ['/sum'],
         template: template({
           '/sum': anchor('Total', { as: money }),
           '/clock': regex(/(\\d\\d:\\d\\d:\\d\\d)/),
           '/gift': anchor('Gift card', { as: money }),
         }),
         rules: [({ sum }) => (sum > 40 ? [{ code: 'DEAR', field: '/sum', message: 'More than 40.' }] : [])],
       })`,
    )
    const { stdout, code } = await place.run(['extract', 'hang.jpg', '-t', 'types/slip.ts', '-f', 'jsonl'])
    const [result] = resultsOf(stdout)
    expect(code).toBe(0)
    expect(result).toMatchObject({ documentType: 'slip', verdict: 'needs_review' })
    expect(result!.data).toEqual({ sum: 42.8, clock: '15:40:27', gift: null })
    expect(result!.flags).toContainEqual({ code: 'DEAR', field: '/sum', message: 'More than 40.' })
  })

  test('a JSON Schema with a list of items', async () => {
    const amount = { type: ['number', 'null'] }
    const schema = {
      type: 'object',
      properties: {
        date: { type: 'string', format: 'date' },
        total: { type: 'number', minimum: 0 },
        items: { type: 'array', items: { $ref: '#/$defs/line' } },
      },
      required: ['total'],
      $defs: {
        line: { type: 'object', properties: { description: { type: 'string' }, qty: amount, amount } },
      },
    }
    await writeFile(place.path('types', 'bill.schema.json'), JSON.stringify(schema))
    const { stdout } = await place.run(['extract', invoice, '-t', 'types/bill.schema.json', '-f', 'jsonl'])
    const [result] = resultsOf(stdout)
    expect(result!.documentType).toBe('bill')
    expect(result!.data).toMatchObject({ date: '2020-09-16', total: 934.55 })
    const { items } = z
      .object({ items: z.array(z.looseObject({ description: z.string() })) })
      .parse(result!.data)
    expect(items).toContainEqual(expect.objectContaining({ qty: 3, amount: 104.85 }))
  })

  const types: [string, string, RegExp][] = [
    ['broken.ts', 'export default {', /types\/broken\.ts cannot be loaded.*\(E_TYPE_INVALID\)/],
    ['dies.ts', 'process.abort()', /types\/dies\.ts".*ended its process.*\(E_CRASHED\)/],
    [
      'remote.json',
      '{"type":"object","properties":{"a":{"$ref":"http://x/y"}}}',
      /outside.*\(E_SCHEMA_UNSAFE\)/,
    ],
    ['text.json', 'total: number', /not JSON.*\(E_TYPE_INVALID\)/],
  ]
  test.each(types)('%s is refused', async (name, content, words) => {
    await writeFile(place.path('types', name), content)
    expectRefusal(await place.run(['extract', 'first.jpg', '-t', `types/${name}`]), words)
  })
})

describe('bad calls', () => {
  const calls: [string, RegExp, ...string[]][] = [
    ['an unknown type', /no document type "recipe"; known are bank-statement, delivery-note, form, invoice, receipt/, 'first.jpg', '-t', 'recipe'],
    ['a type file that is not there', /no readable type file .*none\.ts/, 'first.jpg', '-t', './none.ts'],
    ['an unknown engine', /no OCR engine "crystal"; known are pp-ocr, receipt-dense, tesseract, tesseract-js/, 'first.jpg', '--ocr', 'crystal'],
    ['no documents', /no documents in types\/\*\.json, \*\.nope/, 'types/*.json', '*.nope'],
    ['an output in no folder', /none\/rows\.json cannot be written: there is no such folder/, 'first.jpg', '-o', 'none/rows.json'],
    ['a folder as output', /types cannot be written: it is a folder/, 'first.jpg', '-o', 'types'],
    ['a full disk', /\/dev\/full cannot be written: the disk is full/, 'first.jpg', '-o', '/dev/full'],
  ] // prettier-ignore
  test.each(calls)('%s: one line, status 2', async (_, words, ...args) => {
    expectRefusal(await place.run(['extract', ...args]), words)
  })

  const misuses: [RegExp, ...string[]][] = [
    [/missing required argument 'inputs'/],
    [/Allowed choices are direct, modular, both, auto/, 'first.jpg', '--route', 'crooked'],
    [/unknown option '--fast'/, 'first.jpg', '--fast'],
  ]
  test.each(misuses)('%s, and where help is', async (words, ...args) => {
    const { code, stdout, stderr } = await place.run(['extract', ...args])
    expect(stderr).toMatch(words)
    expect(stderr).toContain('--help')
    expect([code, stdout]).toEqual([2, ''])
  })

  test.skipIf(isRoot)('an output that may not be written (as root, every file may)', async () => {
    await writeFile(place.path('kept.json'), 'kept', { mode: 0o400 })
    expectRefusal(await place.run(['extract', 'first.jpg', '-o', 'kept.json']), /permission is denied/)
  })

  test('an environment variable that cannot be used', async () => {
    const ended = await place.run(['extract', 'first.jpg'], { PARALLAX_MEMORY_MB: 'lots' })
    expectRefusal(ended, /PARALLAX_MEMORY_MB/)
  })

  test('help', async () => {
    const [all, extract] = await Promise.all([place.run(['--help']), place.run(['help', 'extract'])])
    for (const name of ['extract', 'batch', 'jobs', 'review', 'score', 'doctor'])
      expect(all.stdout).toContain(name)
    for (const name of ['--type', '--route', '--format', '--out', '--ocr', '--concurrency', '--force'])
      expect(extract.stdout).toContain(name)
    expect([all.code, extract.code]).toEqual([0, 0])
  })
})

describe('output', () => {
  test('a file is replaced when everything is in it, also behind a link', async () => {
    await mkdir(place.path('out'))
    await writeFile(place.path('out', 'rows.jsonl'), 'old')
    await symlink('rows.jsonl', place.path('out', 'link.jsonl'))
    const { code, stdout } = await place.run([
      'extract',
      'first.jpg',
      'absent.jpg',
      '-f',
      'jsonl',
      '-o',
      'out/link.jsonl',
    ])
    expect([code, stdout]).toEqual([1, ''])
    expect(
      resultsOf(await readFile(place.path('out', 'rows.jsonl'), 'utf8')).map((result) => result.file),
    ).toEqual(['first.jpg', 'absent.jpg'])
    expect((await readdir(place.path('out'))).sort()).toEqual(['link.jsonl', 'rows.jsonl'])
  })

  test('a file stays as it was when the person interrupts', async () => {
    await mkdir(place.path('interrupted'))
    await writeFile(place.path('interrupted', 'rows.jsonl'), 'old')
    const inputs = ['first.jpg', 'noise.png']
    const { child, ended } = place.start([
      'extract',
      ...inputs,
      '-f',
      'jsonl',
      '-o',
      'interrupted/rows.jsonl',
    ])
    while ((await readdir(place.path('interrupted'))).length < 2) await delay(50)
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(stderr).toMatch(/^parallax: Interrupted\. .*\n$/)
    expect(code).toBe(130)
    expect(await readdir(place.path('interrupted'))).toEqual(['rows.jsonl'])
    expect(await readFile(place.path('interrupted', 'rows.jsonl'), 'utf8')).toBe('old')
    expect(await processesIn(place.folder)).toEqual([])
  })

  test('a full disk under standard output is one line', async () => {
    expectRefusal(
      await place.shell('parallax extract first.jpg > /dev/full'),
      /standard output cannot be written: the disk is full/,
    )
  })

  test('a reader that closes early is no error', async () => {
    const { stdout, stderr } = await place.shell(
      'parallax extract first.jpg hang.jpg | head -1; echo "${PIPESTATUS[@]}"',
    )
    expect(stdout).toBe('[\n0 0\n')
    // The summary follows where all was written before the reader had closed.
    expect(stderr).not.toMatch(/EPIPE|cannot be written|at .*:\d+/)
  })
})
/** Lines of CSV by column name. */
function parseCsv(text: string): Record<string, string>[] {
  const [head = [], ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
        cell.replace(/^"|"$/g, '').replaceAll('""', '"'),
      ),
    )
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])))
}

/** The share of dark pixels in a box. */
async function inkShare(file: string, [x0, y0, x1, y1]: Box): Promise<number> {
  const { width, height } = await sharp(file).metadata()
  const [left, top] = [Math.floor(x0 * width), Math.floor(y0 * height)]
  const region = { left, top, width: Math.floor(x1 * width) - left, height: Math.floor(y1 * height) - top }
  const pixels = await sharp(file).extract(region).greyscale().raw().toBuffer()
  return pixels.filter((value) => value < 128).length / pixels.length
}
