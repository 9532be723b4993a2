import { expect, test } from 'vitest'
import { doubtsAboutType } from './told-type-doubts.ts'

const codes = (probability: number, ...others: { name: string; probability: number }[]) =>
  doubtsAboutType({ probability, others }, 'invoice').map(({ code }) => code)

test('a type that is likely enough is in no doubt', () => expect(codes(0.97)).toEqual([]))

test('one that may be another is for a person to see, who is told which', () => {
  const others = [{ name: 'receipt', probability: 0.3 }]
  expect(codes(0.7, ...others)).toEqual(['TYPE_DOUBTFUL'])
  expect(doubtsAboutType({ probability: 0.7, others }, 'invoice')[0]!.message).toMatch(/receipt \(30 %\)/)
})

test('a document of no known type says so', () =>
  expect(codes(0.2, { name: 'other', probability: 0.8 })).toEqual(['TYPE_UNKNOWN']))
