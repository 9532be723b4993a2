import { distance } from 'fastest-levenshtein'
import type { Word } from '../core/document.ts'
import type { Scalar } from '../core/extraction.ts'
import { plain } from '../templating/anchor.ts'
import type { Question } from '../templating/captions/question.ts'
import { parseEnd } from '../templating/captions/readings.ts'
import { textOf } from '../templating/captions/sheet.ts'
import type { FillContext } from '../templating/rule.ts'
import { isSame, kindOf } from '../values/same.ts'

/** Words in reading order, and of each where a text goes on: the next of its line, and below; -1 for nowhere. */
export interface WordGraph {
  readonly words: readonly Word[]
  readonly right: readonly number[]
  readonly below: readonly number[]
}

/** Numbers of the words that spell a value, in its order. */
export type Run = readonly number[]

/** How a value is read from words. */
export type ReadValue = Pick<Question, 'parse' | 'end' | 'kind'>

/** Words of a value that is parsed, and of a text. */
const longestValue = 6
const longestText = 40

/** Of its letters and digits, that words must share with a text that is nowhere printed as it is told. */
const leastSimilar = 0.85
/** Letters below which a text is found only as it is. */
const shortestSimilar = 6

const onward = ({ right, below }: WordGraph, at: number): readonly number[] =>
  [right[at]!, below[at]!].filter((next, i, all) => next >= 0 && all.indexOf(next) === i)

/** The words from one on that spell a text letter by letter, whatever signs stand between. */
function spelledFrom(graph: WordGraph, letters: readonly string[], run: Run, left: string): Run | null {
  const at = run.at(-1)!
  const own = letters[at]!
  if (!left.startsWith(own)) return null
  const rest = left.slice(own.length)
  if (rest === '') return run
  if (run.length === longestText) return null
  for (const next of onward(graph, at)) {
    const found = run.includes(next) ? null : spelledFrom(graph, letters, [...run, next], rest)
    if (found) return found
  }
  return null
}

interface Near {
  readonly run: Run
  readonly similarity: number
}

/** The words from one on that read most like a text, by going on beside the end of a cell, or below it. */
function nearestFrom(
  graph: WordGraph,
  letters: readonly string[],
  start: number,
  wanted: string,
  goesBelow: boolean,
): Near {
  let best: Near = { run: [], similarity: 0 }
  let [run, read] = [[start] as Run, letters[start]!]
  while (read.length * leastSimilar <= wanted.length && run.length < longestText) {
    const similarity = 1 - distance(read, wanted) / Math.max(read.length, wanted.length)
    if (similarity > best.similarity) best = { run, similarity }
    const next = onward(graph, run.at(-1)!).at(goesBelow ? -1 : 0)
    if (next === undefined || run.includes(next)) break
    run = [...run, next]
    read += letters[next]!
  }
  return best
}

/** Where a text stands; where it nowhere does, the one place that reads nearly so. */
function placesOfText(graph: WordGraph, text: string): readonly Run[] {
  const wanted = plain(text)
  const letters = graph.words.map((word) => plain(word.text))
  const starts = graph.words.flatMap((_, i) => (letters[i] === '' ? [] : [i]))
  if (wanted === '') return []
  const exact = starts.flatMap((start) => {
    const run = spelledFrom(graph, letters, [start], wanted)
    return run ? [run] : []
  })
  if (exact.length > 0 || wanted.length < shortestSimilar) return exact
  const near = starts
    .flatMap((start) => [false, true].map((below) => nearestFrom(graph, letters, start, wanted, below)))
    .reduce((a, b) => (b.similarity > a.similarity ? b : a), { run: [], similarity: 0 })
  return near.similarity >= leastSimilar ? [near.run] : []
}

/** A sign or a code before an amount may belong to it. */
const currencySign = /^(?:\p{Sc}|\p{Lu}{1,3}\p{Sc}?)$/u

/** The fewest words from one on that are read as the value. */
function parsedFrom(
  { words, right }: WordGraph,
  start: number,
  truth: Scalar,
  read: ReadValue,
  context: FillContext,
): Run | null {
  const kind = kindOf(truth)
  let run: Run = [start]
  while (run.length <= longestValue) {
    const text = textOf(run.map((i) => words[i]!))
    const parsed = parseEnd(read, text, context)
    const values = parsed ? [parsed.value, ...(parsed.others ?? []).map(({ value }) => value)] : []
    if (values.some((value) => isSame(kind, { value, text: null }, truth))) return run
    const next = right[run.at(-1)!]!
    if (next < 0) return null
    run = [...run, next]
  }
  return null
}

/** Where words are read as a value, without words before it that are no part of it. */
function placesOfParsed(
  graph: WordGraph,
  truth: Scalar,
  read: ReadValue,
  context: FillContext,
): readonly Run[] {
  const found = new Map(
    graph.words.flatMap((_, start) => {
      const run = parsedFrom(graph, start, truth, read, context)
      return run ? [[start, run] as const] : []
    }),
  )
  const isPart = (start: number): boolean =>
    read.kind === 'amount' && currencySign.test(graph.words[start]!.text)
  return [...found.values()].filter(
    ([start, second]) => second === undefined || !found.has(second) || isPart(start!),
  )
}

/**
 * All places among the words of a page, or a part of one, where a value stands as the question's parser reads it: none of them is
 * told from the others. None where it is not printed, or inside of a longer word.
 */
export function placesOf(
  graph: WordGraph,
  truth: NonNullable<Scalar>,
  read: ReadValue,
  context: FillContext,
): readonly Run[] {
  const spelled = typeof truth === 'string' && read.kind !== 'date' ? placesOfText(graph, truth) : []
  return spelled.length > 0 ? spelled : placesOfParsed(graph, truth, read, context)
}
