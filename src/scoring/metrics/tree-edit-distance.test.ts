import fc from 'fast-check'
import { expect, test } from 'vitest'
import { treeEditDistance, type EditCosts, type Tree } from './tree-edit-distance.ts'

const unit: EditCosts<string> = { indel: () => 1, update: (from, to) => (from === to ? 0 : 1) }
const node = (label: string, ...children: Tree<string>[]): Tree<string> => ({ label, children })

// The example of Zhang and Shasha's paper: remove c above d, insert c below f.
const first = node('f', node('d', node('a'), node('c', node('b'))), node('e'))
const second = node('f', node('c', node('d', node('a'), node('b'))), node('e'))

test('the published example costs 2', () => {
  expect(treeEditDistance(first, second, unit)).toBe(2)
  expect(treeEditDistance(first, first, unit)).toBe(0)
})

test('the order of children matters', () => {
  expect(treeEditDistance(node('r', node('a'), node('b')), node('r', node('b'), node('a')), unit)).toBe(2)
})

test('costs are those given', () => {
  const costs: EditCosts<string> = { indel: (label) => label.length, update: () => 100 }
  // Relabelling is too dear even between equal labels: remove 'long' (4) and 'r' (1), insert 'ab' (2) and 'r' (1).
  expect(treeEditDistance(node('r', node('long')), node('r', node('ab')), costs)).toBe(8)
})

const grown = (depth: number): fc.Arbitrary<Tree<string>> =>
  fc.record({
    label: fc.constantFrom('a', 'b', 'c'),
    children: depth === 0 ? fc.constant([]) : fc.array(grown(depth - 1), { maxLength: 2 }),
  })

const size = ({ children }: Tree<string>): number => children.reduce((sum, child) => sum + size(child), 1)

type Forest = readonly Tree<string>[]

/** The recursion that defines the distance, without any table. */
function byDefinition(a: Forest, b: Forest): number {
  const s = a.at(-1)
  const t = b.at(-1)
  if (!s) return b.reduce((sum, item) => sum + size(item), 0)
  if (!t) return a.reduce((sum, item) => sum + size(item), 0)
  return Math.min(
    1 + byDefinition([...a.slice(0, -1), ...s.children], b),
    1 + byDefinition(a, [...b.slice(0, -1), ...t.children]),
    byDefinition(a.slice(0, -1), b.slice(0, -1)) +
      byDefinition(s.children, t.children) +
      unit.update(s.label, t.label),
  )
}

test('is what its definition says', () => {
  const small = grown(3).filter((candidate) => size(candidate) <= 6)
  fc.assert(
    fc.property(small, small, (a, b) => {
      expect(treeEditDistance(a, b, unit)).toBe(byDefinition([a], [b]))
    }),
  )
})
