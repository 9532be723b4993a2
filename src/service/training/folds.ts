import { ParallaxError } from '../../core/errors.ts'

/** Documents are held out in so many turns. */
const mostFolds = 5

/**
 * The fold of each document, from 0: documents of one group are in one fold, and folds are as even as groups allow. E_BAD_REQUEST where
 * all are of one group, so that none can be held out.
 */
export function foldsOf(groups: readonly string[], by: string | undefined): readonly number[] {
  const sizes = new Map<string, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  if (sizes.size < 2)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `All documents have the same ${by ?? 'file'}, so nothing can be measured on documents that are not learnt from.`,
    )
  const filled = new Array<number>(Math.min(mostFolds, sizes.size)).fill(0)
  const foldOf = new Map<string, number>()
  for (const [group, size] of [...sizes].sort(([, a], [, b]) => b - a)) {
    const fold = filled.indexOf(Math.min(...filled))
    filled[fold]! += size
    foldOf.set(group, fold)
  }
  return groups.map((group) => foldOf.get(group)!)
}
