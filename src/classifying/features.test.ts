import { expect, test } from 'vitest'
import { featuresOf, type PageOfWords } from './features.ts'

/** A page with lines of words, each a fiftieth of it high. */
const pageOf = (lines: readonly string[], height = 0.02): PageOfWords => ({
  width: 1000,
  height: 1414,
  words: lines.flatMap((line, row) =>
    line.split(' ').map((text, i) => ({
      text,
      box: [i * 0.1, row * 0.03, i * 0.1 + 0.09, row * 0.03 + height] as const,
    })),
  ),
})

test('words and pairs of neighbours, folded to plain letters', () => {
  const features = featuresOf([pageOf(['Número de Factura: 4711'])])
  expect(features).toEqual(expect.arrayContaining(['numero', 'numero de', 'de factura', 'factura']))
  expect(features.some((feature) => feature.includes('4711'))).toBe(false)
})

test('what stands in large letters is a title', () => {
  const small = pageOf(['one two three four', 'five six seven eight'])
  const large = pageOf(['INVOICE'], 0.05)
  const both = { ...small, words: [...large.words, ...small.words] }
  expect(featuresOf([both])).toContain('title:invoice')
  expect(featuresOf([both])).not.toContain('title:seven')
})

test('how much of it are amounts', () => {
  const [none, some] = [['milk and bread'], ['milk 1,19', 'bread 2,80']].map((lines) =>
    featuresOf([pageOf(lines)]),
  )
  expect(none).toContain('amounts:none')
  expect(some).toContain('amounts:1')
})

test('only the first two pages, and each feature once', () => {
  const features = featuresOf([pageOf(['first first']), pageOf(['second']), pageOf(['third'])])
  expect(features.filter((feature) => feature === 'first')).toHaveLength(1)
  expect(features).toContain('second')
  expect(features).not.toContain('third')
})

test('a file without pages has none', () => expect(featuresOf([])).toEqual([]))
