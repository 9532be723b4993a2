import type { TextLine, Word } from '../../core/document.ts'
import type { FieldQuestion } from '../../core/field-question.ts'
import type { FloatTensor, Session } from '../session.ts'
import type { AskerManifest } from './manifest.ts'
import { pageInputs, type PageInputs } from './page.ts'
import { questionInputs } from './questions.ts'

/** Words that may answer a question. */
export interface Answer {
  readonly question: FieldQuestion
  readonly words: readonly Word[]
  /** Of their start, among all words of the page and none; of a column, that a cell begins there. */
  readonly probability: number
}

/** Lines that are read together: as many as have `longest` words; a line that has more is cut. */
export function partsOf(lines: readonly TextLine[], longest: number): readonly (readonly TextLine[])[] {
  const parts: TextLine[][] = []
  let count = 0
  for (const line of lines) {
    const words = line.words.slice(0, longest)
    if (words.length === 0) continue
    if (parts.length === 0 || count + words.length > longest) {
      parts.push([])
      count = 0
    }
    parts.at(-1)!.push({ ...line, words })
    count += words.length
  }
  return parts
}

type Logits = Readonly<Record<'starts' | 'rights' | 'belows', FloatTensor>>

const rowOf = ({ data, shape }: FloatTensor, row: number): Float32Array =>
  data.subarray(row * shape[1]!, (row + 1) * shape[1]!)

/** The likeliest starts of an answer. */
function startsOf(logits: Float32Array, absent: number, candidates: number) {
  const most = logits.reduce((a, b) => Math.max(a, b), absent)
  const odds = Array.from(logits, (v) => Math.exp(v - most))
  const sum = odds.reduce((a, b) => a + b, Math.exp(absent - most))
  const order = odds.map((value, word) => ({ word, probability: value / sum }))
  return order.sort((a, b) => b.probability - a.probability).slice(0, candidates)
}

/** The words that begin the cells of a column, from the top on. */
function cellsOf(logits: Float32Array, absent: number, least: number) {
  const odds = Array.from(logits, (v, word) => ({ word, probability: 1 / (1 + Math.exp(absent - v)) }))
  return odds.filter(({ probability }) => probability >= least)
}

/** The words of a value from its start on: to the right or below, wherever the network says that it goes on. */
function onward(start: number, page: PageInputs, rights: Float32Array, belows: Float32Array, most: number) {
  const run = [start]
  while (run.length < most) {
    const word = run.at(-1)!
    const [right, below] = [page.right[word]!, page.below[word]!]
    const toRight = right >= 0 ? rights[word]! : 0
    const toBelow = below >= 0 ? belows[word]! : 0
    const next = toRight >= toBelow ? right : below
    if (Math.max(toRight, toBelow) <= 0 || run.includes(next)) break
    run.push(next)
  }
  return run
}

/** What a page's lines answer to questions, of which there is at least one: of every part of the page candidates, or a column's cells. */
export async function answersOn(
  lines: readonly TextLine[],
  questions: readonly FieldQuestion[],
  session: Session,
  manifest: AskerManifest,
): Promise<readonly Answer[]> {
  const { longest, candidates, most, cell } = manifest.decoding
  const asked = questionInputs(questions, manifest)
  const found: Answer[] = []
  for (const part of partsOf(lines, longest)) {
    const words = part.flatMap((line) => line.words)
    const page = pageInputs(part, manifest.features)
    const { absent, ...logits } = await session.run({ ...page.tensors, ...asked })
    const { starts, rights, belows } = logits as Logits
    questions.forEach((question, q) => {
      const [begins, none] = [rowOf(starts, q), absent!.data[q]!]
      const places = question.list === null ? startsOf(begins, none, candidates) : cellsOf(begins, none, cell)
      for (const { word, probability } of places) {
        const run = onward(word, page, rowOf(rights, q), rowOf(belows, q), most)
        found.push({ question, words: run.map((i) => words[i]!), probability })
      }
    })
  }
  return found
}
