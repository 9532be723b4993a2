import { expect, test } from 'vitest'
import { receiptTruthSchema } from '../datasets/formats.ts'
import { figuresOf } from './figures.ts'
import { pageOf } from './page.ts'
import { bothResult, read } from './result.case.ts'
import type { Pictures } from './sections/pictures.ts'

const hostile = '"><script>alert(1)</script><img src=x onerror="alert(2)" onload=\'x\'>'
const evil = bothResult(
  {
    '/total': read(hostile, { text: hostile }, hostile),
    [`/${hostile.replaceAll('/', '~1')}`]: read('a'),
    '/date': read('2025-01-02'),
  },
  {
    file: `${hostile}.jpg`,
    documentType: hostile,
    attempts: [{ path: 'direct', model: hostile, score: 1, ms: 1 }],
    verdict: 'needs_review',
    flags: [{ code: hostile, field: '/total', message: hostile }],
  },
)
const truth = receiptTruthSchema.parse({ total: `${hostile}!`, date: '2025-01-02' })

const picture = { jpeg: Uint8Array.from([255, 216]), width: 480, height: 120, box: [0.25, 0, 0.5, 1] as [number, number, number, number] } // prettier-ignore

function made(withTruth: boolean): string {
  const figures = figuresOf([evil], withTruth ? [{ result: evil, truth }] : [])
  const pictures: Pictures = new Map(figures.gallery.entries.map((entry) => [entry, picture]))
  return pageOf({ source: hostile, madeAt: new Date('2025-01-02T03:04:05Z'), figures, pictures })
}

test.each([true, false])('what a document says stays text (truth: %s)', (withTruth) => {
  const page = made(withTruth)
  expect(page).toContain('&lt;script&gt;alert(1)')
  // Nothing but the program's own elements and attributes, once quoted attributes are taken out.
  const bare = page.replace(/="[^"]*"/g, '')
  expect(bare).not.toMatch(/<(script|iframe|object|embed|link|base|form)\b/i)
  expect(bare).not.toMatch(/<[^>]*\son\w+/i)
})

test('a report asks nothing of the network', () => {
  const page = made(true)
  expect(page).toContain(
    `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; `,
  )
  expect(page).not.toMatch(/https?:|url\((?!#)|@import/)
  for (const [, source] of page.matchAll(/\ssrc="([^"]*)"/g))
    expect(source).toMatch(/^data:image\/jpeg;base64,/)
})

test('what is drawn is told as well, and every name is used once', () => {
  const page = made(true)
  const drawings = page.match(/<svg[^>]*role="img"[^]*?<\/svg>/g)!
  expect(drawings).toHaveLength(4)
  for (const drawing of drawings)
    expect(drawing).toMatch(/<title id="[^"]+">.+<\/title>\s*<desc id="[^"]+">.+<\/desc>/s)
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, names] of page.matchAll(/aria-labelledby="([^"]+)"/g))
    for (const name of names!.split(' ')) expect(ids).toContain(name)
})

test('a picture shows where the value stands, and where there is none the reason', () => {
  expect(made(false)).toMatch(/width="480"\s+height="120"/)
  expect(made(false)).toContain('left:25.00%;top:0.00%;width:25.00%;height:100.00%')
  const figures = figuresOf([evil])
  const why = new Map(figures.gallery.entries.map((entry) => [entry, 'There is no such <file>.']))
  const page = pageOf({ source: 'rows.jsonl', madeAt: new Date(), figures, pictures: why })
  expect(page).toContain('No picture: There is no such &lt;file&gt;.')
})

test('of no rows there is a report, too', () => {
  const page = pageOf({
    source: 'rows.jsonl',
    madeAt: new Date(),
    figures: figuresOf([]),
    pictures: new Map(),
  })
  expect(page).toContain('0 documents')
  expect(page).not.toMatch(/NaN|undefined|Infinity/)
})
