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
  decodeEntities(sure(1, 3, 5, 3, 5), {
    tags,
    labels: { values: ['NAME', 'WHAT', 'COST'], keys: [], ...(records && { records }) },
    decoding,
  }).map(({ label, group }) => [label, group])

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
