import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { usableOf, type Studied } from './usable.ts'

interface Given {
  readonly text?: string
  readonly truth?: Record<string, unknown>
  readonly found?: readonly JsonPointer[]
  readonly lost?: readonly JsonPointer[]
}

let count = 0

function studied({ text = `Slip ${count}`, truth = { number: 'A' }, found = ['/number'], lost = [] }: Given = {}): Studied {
  const name = `${++count}.pdf`
  const parts = found.length === 0 ? [] : [{ rows: [], answers: [] }]
  const reading = { pages: structuredClone([pageOf(text)]) as unknown as Studied['lesson']['reading']['pages'], digitConfusions: {} }
  return { name, bytes: async () => new Uint8Array(), truth, group: name, lesson: { reading, parts, found: [...found], lost: [...lost] } }
} // prettier-ignore

const several = (n: number, given?: Given): readonly Studied[] => Array.from({ length: n }, () => studied(given))

test('documents on which nothing is found are left out by name, fields that are nowhere found are told', () => {
  const one = studied({ found: [], lost: ['/number', '/weight'] })
  const { documents, leftOut, neverFound } = usableOf([...several(5), one], 6)
  expect(documents).toHaveLength(5)
  expect(leftOut).toEqual([{ name: one.name, why: 'none of its values was found on it' }])
  expect(neverFound).toEqual(['/weight'])
})

test('a document that is there twice counts once', () => {
  const copies = several(2, { text: 'The same' })
  expect(usableOf([...several(4), ...copies], 6).documents).toHaveLength(5)
})

test('too few documents are refused', () => {
  expect(() => usableOf(several(4), 4)).toThrow(/at least 5 documents .* there are 4/)
  expect(() => usableOf([...several(4), ...several(3, { text: 'The same' })], 7)).not.toThrow()
})

test('one document with two truths is left out, many are refused', () => {
  const twice = (text: string): readonly Studied[] => [
    studied({ text }),
    studied({ text, truth: { number: 'B' } }),
  ]
  const { documents, leftOut } = usableOf([...several(10), ...twice('x')], 12)
  expect(documents).toHaveLength(10)
  expect(leftOut.map(({ why }) => why)).toEqual(Array(2).fill('it is there again with other values'))
  expect(() => usableOf([...several(5), ...twice('x'), ...twice('y')], 9)).toThrow(
    /The examples contradict each other: 4 of 9 documents/,
  )
})

test('truths of other documents are refused', () => {
  const others = several(6, { found: [], lost: ['/number', '/total'] })
  expect(() => usableOf([...several(2), ...others], 8)).toThrow(
    /only 2 of 14 were found on their pages, such as \/number of/,
  )
})
