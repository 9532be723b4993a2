import { expect, test } from 'vitest'
import { foldsOf } from './folds.ts'

test('documents of one group are held out together, and folds are even', () => {
  const groups = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'a']
  const folds = foldsOf(groups, '/sender')
  expect(new Set(folds)).toEqual(new Set([0, 1, 2, 3, 4]))
  expect(new Set([folds[0], folds[2], folds[7]]).size).toBe(1)
  const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((own) => own === fold).length)
  expect(sizes.toSorted()).toEqual([1, 1, 1, 2, 3])
})

test('there are no more folds than groups, and one group cannot be measured', () => {
  expect(new Set(foldsOf(['a', 'b', 'b'], undefined)).size).toBe(2)
  expect(() => foldsOf(['a', 'a'], '/sender')).toThrow('All documents have the same /sender')
})
