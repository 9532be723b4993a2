import { expect, test } from 'vitest'
import { classify } from './classifier.ts'
import { fitClassifier, type ClassExample } from './fit.ts'

const course = { least: 2, passes: 20, decay: 0, rate: 2 } as const

const of = (name: string, ...texts: readonly string[]): readonly ClassExample[] =>
  texts.map((text) => ({ name, features: text.split(' ') }))

const bills = of('bill', 'due total net', 'due total', 'total net due vat', 'due net')
const letters = of('letter', 'dear regards', 'dear sincerely', 'regards sincerely dear', 'sincerely dear')

test('tells classes apart by what their examples share', () => {
  const classifier = fitClassifier([...bills, ...letters], course)
  const [first, second] = classify(classifier, ['dear', 'regards', 'never-seen'])
  expect(first).toMatchObject({ name: 'letter' })
  expect(first!.probability).toBeGreaterThan(0.9)
  expect(first!.probability + second!.probability).toBeCloseTo(1)
})

test('knows nothing of what stands on too few documents, and is unsure then', () => {
  const classifier = fitClassifier([...bills, ...letters], course)
  expect(classifier.weights.has('vat')).toBe(false)
  expect(classify(classifier, ['unheard', 'of'])[0]!.probability).toBeLessThan(0.6)
})

test('a class with few examples is told as well as one with many', () => {
  const many = Array.from({ length: 20 }, () => bills).flat()
  const classifier = fitClassifier([...many, ...letters], course)
  expect(classify(classifier, ['dear', 'sincerely'])[0]!.name).toBe('letter')
})

test('goes on from what is known, with a class more', () => {
  const start = fitClassifier([...bills, ...letters], course)
  const tickets = of('ticket', 'gate seat', 'seat gate boarding', 'gate boarding seat')
  const more = fitClassifier([...bills, ...letters, ...tickets], { ...course, passes: 8, start })
  expect(more.classes).toEqual(['bill', 'letter', 'ticket'])
  for (const [features, name] of [
    [['seat', 'gate'], 'ticket'],
    [['dear', 'regards'], 'letter'],
    [['total', 'due'], 'bill'],
  ] as const)
    expect(classify(more, features)[0]!.name).toBe(name)
})

test('the same examples make the same classifier', () =>
  expect(fitClassifier([...bills, ...letters], course)).toEqual(
    fitClassifier([...bills, ...letters], course),
  ))
