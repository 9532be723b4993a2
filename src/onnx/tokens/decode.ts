import type { TextLine } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { recordLabelsOf, type TaggerManifest } from './manifest.ts'
import type { Prediction } from './windows.ts'

/** An entity as indices of words, in order. */
export interface TokenEntity {
  readonly label: string
  readonly words: readonly number[]
  /** Mean probability of the label over the words, 0 to 1. */
  readonly confidence: number
  /** The record, from 0; null outside records. */
  readonly group: number | null
}

/** Probabilities of one word. */
interface Token {
  readonly none: number
  readonly begins: readonly number[]
  /** Beginning or going on. */
  readonly of: readonly number[]
}

function toToken(logits: Float32Array): Token {
  const most = Math.max(...logits)
  const e = Array.from(logits, (v) => Math.exp(v - most))
  const sum = e.reduce((a, b) => a + b, 0)
  const labels = Array.from({ length: (e.length - 1) / 2 }, (_, i) => i)
  return {
    none: e[0]! / sum,
    begins: labels.map((i) => e[1 + 2 * i]! / sum),
    of: labels.map((i) => (e[1 + 2 * i]! + e[2 + 2 * i]!) / sum),
  }
}

/** The label that a word has rather than none, or -1. */
function winner({ none, of }: Token): number {
  const best = of.indexOf(Math.max(...of))
  return of[best]! > none ? best : -1
}

interface Run {
  readonly label: number
  readonly words: number[]
}

/** Words of one label that go on with each other; other words may stand between, as where an address wraps round a logo. */
function runsOf(tokens: readonly Token[], won: readonly number[], reach: number): Run[] {
  const runs: Run[] = []
  const open = new Map<number, Run>()
  won.forEach((label, i) => {
    if (label < 0) return
    const run = open.get(label)
    const token = tokens[i]!
    const goesOn = 2 * token.begins[label]! <= token.of[label]! && run && i - run.words.at(-1)! <= reach
    if (goesOn) run.words.push(i)
    else {
      const next = { label, words: [i] }
      open.set(label, next)
      runs.push(next)
    }
  })
  return runs
}

/** Words between two of a value that are taken to be its own, when they stand on one line. */
const mostBetween = 2

/**
 * A value with the words in the middle of it that are nothing of their own: unlabelled, a caption, or the going on of what has
 * not begun there. "AEON CO. (M) BHD" is one name, whatever CO. looks like.
 */
function withMiddle(
  { label, words }: Run,
  isOwnThing: (word: number) => boolean,
  lineOf: readonly number[],
): Run {
  const filled = words.flatMap((word, i) => {
    const next = words[i + 1] ?? word + 1
    const between = Array.from({ length: next - word - 1 }, (_, k) => word + 1 + k)
    const isMiddle =
      between.length <= mostBetween && lineOf[word] === lineOf[next] && !between.some(isOwnThing)
    return isMiddle ? [word, ...between] : [word]
  })
  return { label, words: filled }
}

/** Neighbouring words that might have a label but are likelier something else. */
function candidatesOf(label: number, tokens: readonly Token[], won: readonly number[], least: number): Run[] {
  const runs: Run[] = []
  tokens.forEach(({ of }, i) => {
    if (of[label]! < least || won[i] === label) return
    const last = runs.at(-1)
    if (last?.words.at(-1) === i - 1) last.words.push(i)
    else runs.push({ label, words: [i] })
  })
  return runs
}

/** Numbers records: one begins where the network says so, or where the record at hand has such an entity already. */
function withGroups(
  entities: readonly TokenEntity[],
  starts: readonly number[],
  inRecords: ReadonlySet<string>,
): TokenEntity[] {
  const parts = entities.filter((e) => inRecords.has(e.label)).sort((a, b) => a.words[0]! - b.words[0]!)
  const groups = new Map<TokenEntity, number>()
  let held = new Set<string>()
  let group = -1
  for (const part of parts) {
    if (group < 0 || held.has(part.label) || starts[part.words[0]!]! > 0) {
      group += 1
      held = new Set()
    }
    held.add(part.label)
    groups.set(part, group)
  }
  return entities.map((e) => ({ ...e, group: groups.get(e) ?? null }))
}

/** The line on which each word stands, for words that follow each other line by line. */
export const lineOfWords = (lines: readonly TextLine[]): readonly number[] =>
  lines.flatMap(({ words }, line) => words.map(() => line))

/**
 * Entities of the words' likeliest labels, and for labels of single values also what else might have them: the best of
 * a label has the highest confidence. `lineOf` says of each word on which line it stands.
 */
export function decodeEntities(
  { logits, starts }: Prediction,
  { tags, labels, decoding }: Pick<TaggerManifest, 'tags' | 'labels' | 'decoding'>,
  lineOf: readonly number[],
): TokenEntity[] {
  const names = tags.filter((tag) => tag.startsWith('B-')).map((tag) => tag.slice(2))
  const tokens = logits.map(toToken)
  const won = tokens.map(winner)
  const inRecords = recordLabelsOf(labels)
  const isSingle = (name: string): boolean => labels.values.includes(name) && !inRecords.has(name)
  const single = names.flatMap((name, i) => (isSingle(name) ? [i] : []))
  const isOwnThing = (word: number): boolean => {
    const label = won[word]!
    if (label < 0 || labels.keys.includes(names[label]!)) return false
    return 2 * tokens[word]!.begins[label]! > tokens[word]!.of[label]!
  }
  const found = runsOf(tokens, won, decoding.reach)
  const runs = [
    ...found.map((run) => (single.includes(run.label) ? withMiddle(run, isOwnThing, lineOf) : run)),
    ...single.flatMap((label) => candidatesOf(label, tokens, won, decoding.candidate)),
  ]
  const entities = runs.map(({ label, words }) => ({
    label: names[label]!,
    words,
    confidence: words.reduce((sum, i) => sum + tokens[i]!.of[label]!, 0) / words.length,
    group: null,
  }))
  return withGroups(entities, starts, inRecords)
}

/** Records are numbered through the document. */
function renumbered(pages: readonly Entity[][]): Entity[] {
  let records = 0
  return pages.flatMap((entities) => {
    const offset = records
    records += 1 + Math.max(-1, ...entities.map((e) => e.group ?? -1))
    return entities.map((e) => ({ ...e, group: e.group === null ? null : e.group + offset }))
  })
}

/** Single values before records, the likeliest first; records in reading order. */
const byRecordThenConfidence = (a: Entity, b: Entity): number =>
  (a.group ?? -1) - (b.group ?? -1) || b.confidence - a.confidence

/** The entities of all pages: single values before records, the likeliest first; records in reading order. */
export const inDocument = (pages: readonly Entity[][]): readonly Entity[] =>
  renumbered(pages).sort(byRecordThenConfidence)
