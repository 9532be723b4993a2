import type { TextLine, Word } from '../../core/document.ts'
import type { Scalar } from '../../core/extraction.ts'
import { hull } from '../../core/geometry.ts'
import { linesOf, type FillContext } from '../rule.ts'
import { labelsIn } from './labels.ts'
import { isRight } from './occurrences.ts'
import { fieldRuleOf } from './rules.ts'
import { isWay, valueParsers, type ParserName, type Way } from './vendor-template.ts'

/** A way that reads the true value on the labelled page, and what to tell about it. */
export interface Drafted {
  readonly way: Way
  readonly note: string
}

/** What is known of a value on the labelled page. */
export interface Sought {
  readonly value: NonNullable<Scalar>
  readonly as: ParserName
  /** Where it stands, the likeliest place first. */
  readonly places: readonly (readonly Word[])[]
  /** Words that other documents of the vendor will not show. */
  readonly varying: ReadonlySet<Word>
  /** Ways that read other fields, which this one must not share. */
  readonly others: readonly Way[]
}

/** Whether a way reads the value: always, in the first place it finds, in the last, or not. */
function trial(way: Way, { value, as }: Sought, context: FillContext): 'always' | 'first' | 'last' | null {
  const found = fieldRuleOf(way, valueParsers[as]).find(context)
  const right = found.map((finding) => isRight(finding.value, value))
  if (right.length > 0 && right.every(Boolean)) return 'always'
  if (right[0]) return 'first'
  return right.at(-1) ? 'last' : null
}

const isSame = (way: Way, { take: _, ...other }: Way): boolean =>
  JSON.stringify(way) === JSON.stringify(other)

/** The way that is right most plainly; the earlier of two alike. */
function best(ways: readonly Way[], sought: Sought, context: FillContext): Way | null {
  const free = ways.filter((way) => isWay(way) && !sought.others.some((other) => isSame(way, other)))
  const tried = free.map((way) => ({ way, outcome: trial(way, sought, context) }))
  const sure =
    tried.find(({ outcome }) => outcome === 'always') ?? tried.find(({ outcome }) => outcome === 'first')
  if (sure) return sure.way
  const last = tried.find(({ outcome }) => outcome === 'last')
  return last ? { ...last.way, take: 'last' } : null
}

type PlacedLine = ReturnType<typeof linesOf>[number]

const lineIndex = (lines: readonly PlacedLine[], word: Word): number =>
  lines.findIndex(({ line }) => line.words.includes(word))

const leftOf = ({ words }: TextLine, word: Word): readonly Word[] => words.slice(0, words.indexOf(word))

const toAnchor = (label: string): Way => ({ anchor: [label] })

/** Texts before a value on its line, the nearest first. */
function textsBeside(
  lines: readonly PlacedLine[],
  place: readonly Word[],
  { varying }: Sought,
): readonly Way[] {
  const { line } = lines[lineIndex(lines, place[0]!)]!
  return [...labelsIn(leftOf(line, place[0]!), varying)].reverse().map(toAnchor)
}

function textsAbove(
  lines: readonly PlacedLine[],
  place: readonly Word[],
  { varying }: Sought,
): readonly Way[] {
  const above = lines[lineIndex(lines, place[0]!) - 1]
  return above ? labelsIn(above.line.words, varying).map(toAnchor) : []
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, ' ?')

/** The shape of a printed date or time: its digits and letters may be others. */
function shapeOf(printed: string): string {
  const parts = printed.match(/\d+|\p{L}+|[^\d\p{L}]+/gu) ?? []
  const shape = parts.map((part) => {
    if (/^\d/.test(part)) return part.length > 2 ? `\\d{${part.length}}` : '\\d{1,2}'
    return /^\p{L}/u.test(part) ? '\\pL+' : escaped(part)
  })
  return shape.join('')
}

/** An amount that is printed onto its label: `Total:12.30`. */
function gluedPattern(printed: string): string | null {
  const label = /^(\D*\p{L}{3,}\D*?)-?[\d]/u.exec(printed)?.[1]
  return label === undefined ? null : `${escaped(label)}(-?[\\d.,' ]*\\d)`
}

/** AM or PM, which another document may show where this one does not. */
const half = /\s?[ap]\.?\s?m\b\.?/i

function patterns(place: readonly Word[], { as }: Sought): readonly Way[] {
  const printed = place.map((w) => w.text).join(' ')
  if (as === 'date') return [{ regex: `(${shapeOf(printed)})` }]
  if (as === 'time') return [{ regex: `(${shapeOf(printed.replace(half, ''))}(?: ?[AaPp]\\.?[Mm]\\b)?)` }]
  const glued = as === 'money' || as === 'number' ? gluedPattern(printed) : null
  return glued === null ? [] : [{ regex: glued }]
}

const round = (v: number): number => Math.round(v * 1000) / 1000

/** The part of the width that holds the place and no other word of its lines; undefined where nothing else stands there. */
function widthOf(lines: readonly PlacedLine[], place: readonly Word[]): [number, number] | undefined {
  const others = lines.flatMap(({ line }) => line.words).filter((w) => !place.includes(w))
  const [left, , right] = hull(place.map((w) => w.box))
  const before = others.map((w) => w.box[2]).filter((x) => x <= left)
  const after = others.map((w) => w.box[0]).filter((x) => x >= right)
  if (others.length === 0) return undefined
  const from = before.length > 0 ? (Math.max(...before) + left) / 2 : 0
  const to = after.length > 0 ? (Math.min(...after) + right) / 2 : 1
  return [round(from), round(to)]
}

/** Lines between texts that will stand there again. */
function regions(lines: readonly PlacedLine[], place: readonly Word[], { varying }: Sought): readonly Way[] {
  const from = lineIndex(lines, place[0]!)
  const to = lineIndex(lines, place.at(-1)!)
  const x = widthOf(lines.slice(from, to + 1), place)
  const width = x ? { x } : {}
  const labelsAt = (i: number): readonly string[] => (lines[i] ? labelsIn(lines[i].line.words, varying) : [])
  const below = labelsAt(from - 1)
  const above = labelsAt(to + 1)
  const count = to - from + 1
  return [
    ...below.flatMap((b) => above.map((a) => ({ region: { below: [b], above: [a], ...width } }))),
    ...below.map((b) => ({ region: { below: [b], rows: count, ...width } })),
    ...above.map((a) => ({ region: { above: [a], rows: count, ...width } })),
  ]
}

function box(lines: readonly PlacedLine[], place: readonly Word[]): Way {
  const [x0, y0, x1, y1] = hull(place.map((w) => w.box))
  const margin = (y1 - y0) / 4
  const grown = [x0 - margin, y0 - margin, x1 + margin, y1 + margin].map((v) =>
    round(Math.min(1, Math.max(0, v))),
  )
  return {
    region: {
      box: grown as [number, number, number, number],
      page: lines[lineIndex(lines, place[0]!)]!.page,
    },
  }
}

type WaysTo = (lines: readonly PlacedLine[], place: readonly Word[], sought: Sought) => readonly Way[]

/** From the plainest to the last resort. */
const kinds: readonly (readonly [note: string, waysTo: WaysTo])[] = [
  ['stands beside a text', textsBeside],
  ['has no text beside it; found by its shape', (_, place, sought) => patterns(place, sought)],
  ['stands below a text', textsAbove],
  ['is found by the rows around it', regions],
  [
    'is found by its fixed place, which holds only for pages of one length',
    (lines, place) => [box(lines, place)],
  ],
]

/** The plainest way that reads the value on this page; null where none does. */
export function draftField(sought: Sought, context: FillContext): Drafted | null {
  const lines = linesOf(context.pages)
  for (const [note, waysTo] of kinds) {
    const way = best(
      sought.places.flatMap((place) => waysTo(lines, place, sought)),
      sought,
      context,
    )
    if (way) return { way, note }
  }
  return null
}
