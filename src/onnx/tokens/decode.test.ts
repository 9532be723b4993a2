import { expect, test } from 'vitest'
import { decodeEntities } from './decode.ts'

const tags = ['O', 'B-NAME', 'I-NAME', 'B-WHAT', 'I-WHAT', 'B-COST', 'I-COST']
const decoding = { reach: 2, candidate: 0.5 }

/** Words that a network is sure of, by the index of their tag. */
const sure = (...likeliest: number[]) => ({
  logits: likeliest.map((tag) => Float32Array.from(tags, (_, i) => (i === tag ? 9 : 0))),
  starts: likeliest.map(() => -1),
})

const grouped = (records?: string[]) =>
  decodeEntities(
    sure(1, 3, 5, 3, 5),
    {
      tags,
      labels: { values: ['NAME', 'WHAT', 'COST'], keys: [], ...(records && { records }) },
      decoding,
    },
    [0, 1, 1, 2, 2],
  ).map(({ label, group }) => [label, group])

test('the labels that the manifest names make records: a second value of one begins the next', () => {
  expect(grouped(['WHAT', 'COST'])).toEqual([
    ['NAME', null],
    ['WHAT', 0],
    ['COST', 0],
    ['WHAT', 1],
    ['COST', 1],
  ])
})

test('where the manifest names none, there are no records', () => {
  expect(grouped([]).every(([, group]) => group === null)).toBe(true)
  expect(grouped().every(([, group]) => group === null)).toBe(true)
})

/** The words of the first name among words of these tags, on lines of their own where `lines` says so. */
function nameIn(likeliest: readonly number[], lines = likeliest.map(() => 0)): readonly number[] | undefined {
  const labels = { values: ['NAME', 'COST'], keys: ['WHAT'] }
  const found = decodeEntities(
    sure(...likeliest),
    { tags, labels, decoding: { reach: 4, candidate: 0.5 } },
    lines,
  )
  return found.find(({ label }) => label === 'NAME')?.words
}

test('words in the middle of a value that are nothing of their own belong to it', () => {
  expect(nameIn([1, 0, 2])).toEqual([0, 1, 2])
  expect(nameIn([1, 3, 4, 2])).toEqual([0, 1, 2, 3])
  expect(nameIn([1, 6, 2])).toEqual([0, 1, 2])
})

test('other values, longer stretches and other lines do not', () => {
  expect(nameIn([1, 5, 2])).toEqual([0, 2])
  expect(nameIn([1, 0, 0, 0, 2])).toEqual([0, 4])
  expect(nameIn([1, 0, 2], [0, 0, 1])).toEqual([0, 2])
})
