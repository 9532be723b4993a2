import { distance as levenshtein } from 'fastest-levenshtein'
import { isRecord } from './json-tree.ts'
import { treeEditDistance, type EditCosts, type Tree } from './tree-edit-distance.ts'

type Normalised = readonly string[] | readonly NormalisedRecord[] | NormalisedRecord
interface NormalisedRecord {
  readonly [key: string]: readonly string[] | readonly NormalisedRecord[]
}

const isList = (data: Normalised): data is readonly string[] | readonly NormalisedRecord[] =>
  Array.isArray(data)

const isEmpty = (value: Normalised): boolean => Object.keys(value).length === 0

const byLengthThenName = ([a]: [string, unknown], [b]: [string, unknown]): number =>
  a.length - b.length || (a < b ? -1 : 1)

/** Keys in order of length and name, scalars as lists of stripped strings, whatever is empty dropped. */
function normalise(data: unknown): Normalised {
  if (!data) return {}
  if (Array.isArray(data)) return normaliseList(data)
  if (!isRecord(data)) return [String(data).trim()]
  const entries = Object.entries(data)
    .sort(byLengthThenName)
    .map(([key, value]) => [key, normalise(value)] as const)
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]) => [key, Array.isArray(value) ? value : [value]] as const)
  return Object.fromEntries(entries)
}

function normaliseList(list: readonly unknown[]): Normalised {
  if (list.every(isRecord)) return list.map(normalise).filter((item) => !isEmpty(item)) as NormalisedRecord[]
  return list
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map((item) => String(item).trim())
    .filter((item) => item !== '')
}

interface Label {
  readonly leaf: boolean
  readonly text: string
}

const inner = (text: string, children: readonly Tree<Label>[]): Tree<Label> => ({
  label: { leaf: false, text },
  children,
})

function toTree(data: Normalised, name: string): Tree<Label> {
  if (!isList(data))
    return inner(
      name,
      Object.entries(data).map(([key, value]) => toTree(value, key)),
    )
  const children = data.map((item: string | NormalisedRecord) =>
    typeof item === 'string'
      ? { label: { leaf: true, text: item }, children: [] }
      : toTree(item, '<subtree>'),
  )
  return inner(name, children)
}

const costs: EditCosts<Label> = {
  indel: (label) => (label.leaf ? label.text.length : 1),
  update(from, to) {
    if (from.leaf && to.leaf) return levenshtein(from.text, to.text)
    if (from.leaf) return 1 + from.text.length
    if (to.leaf) return 1 + to.text.length
    return from.text === to.text ? 0 : 1
  },
}

/** What it costs to build the tree from a bare root. */
const weight = (tree: Tree<Label>): number =>
  tree.children.reduce((sum, child) => sum + costs.indel(child.label) + weight(child), 0)

/**
 * Donut's accuracy by normalised tree edit distance, 0 to 1: 1 − TED(predicted, truth) / TED({}, truth), not below 0.
 * Against an empty truth, which its authors leave undefined, an empty prediction scores 1 and any other 0.
 * @example donutAccuracy({ total: '9.00' }, { total: '9.50' }) // 0.8: one edit; the truth weighs 1 (key) + 4 (value)
 */
export function donutAccuracy(predicted: unknown, truth: unknown): number {
  const from = toTree(normalise(predicted), '<root>')
  const to = toTree(normalise(truth), '<root>')
  const whole = weight(to)
  if (whole === 0) return weight(from) === 0 ? 1 : 0
  return Math.max(0, 1 - treeEditDistance(from, to, costs) / whole)
}

/** Leaves as `[dotted path without indices, value]`. */
function flatten(data: Normalised, path = ''): readonly string[] {
  if (!isList(data)) {
    return Object.entries(data).flatMap(([key, value]) => flatten(value, path ? `${path}.${key}` : key))
  }
  return data.flatMap((item: string | NormalisedRecord) =>
    typeof item === 'string' ? [JSON.stringify([path, item])] : flatten(item, path),
  )
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/**
 * Donut's F1 over the leaves of a corpus: an exact match of path and value, each leaf used once; null when there is
 * no leaf at all.
 * @example donutF1([{ predicted: { a: '1', b: '2' }, truth: { a: '1', b: '3' } }]) // 0.5: 1 / (1 + (1 + 1) / 2)
 */
export function donutF1(
  corpus: readonly { readonly predicted: unknown; readonly truth: unknown }[],
): number | null {
  let hits = 0
  let all = 0
  for (const { predicted, truth } of corpus) {
    const guesses = flatten(normalise(predicted))
    const answers = flatten(normalise(truth))
    const left = tally(answers)
    for (const [leaf, count] of tally(guesses)) hits += Math.min(count, left.get(leaf) ?? 0)
    all += guesses.length + answers.length
  }
  return all === 0 ? null : (2 * hits) / all
}
