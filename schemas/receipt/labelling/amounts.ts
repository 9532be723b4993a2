import { wordConfidence } from '../../../src/core/document.ts'
import type { Entity } from '../../../src/core/engines.ts'
import type { Line, LineAmount } from '../../../src/ner/rules/line.ts'
import { letterCount, neighbour } from '../../../src/ner/rules/line.ts'
import { rolesOf, says, summaryPhrases, type AmountRole } from '../../../src/ner/rules/lexicon.ts'

/** A line with amounts and what it is about; amounts of a bare keyword line are taken from the line below. */
export interface AmountLine {
  readonly line: Line
  readonly amounts: readonly LineAmount[]
  readonly roles: ReadonlySet<AmountRole>
  /** Stands below a heading of a tax table. */
  readonly inSummary: boolean
}

const last = (l: AmountLine): LineAmount => l.amounts.at(-1)!

/** Letters of a currency. */
const longestSign = 3

/** An amount alone, as it stands beside a caption that is printed or written a little higher or lower. */
const isBare = (line: Line | undefined): line is Line =>
  line !== undefined &&
  line.amounts.length === 1 &&
  letterCount(line.text) <= longestSign &&
  rolesOf(line.text).size === 0

const middle = ({ textLine: { box } }: Line): number => (box[1] + box[3]) / 2
const apart = (a: Line, b: Line): number => Math.abs(middle(a) - middle(b))

/** A caption that ends in a line to write on, or in nothing, and whose amount stands elsewhere. */
const isCaption = (line: Line | undefined): line is Line =>
  line !== undefined && line.amounts.length === 0 && rolesOf(line.text).size > 0

/**
 * The amounts of a line; those of a caption without any are a bare amount's, on the line above or below, whichever is
 * nearer, unless another caption is nearer to that.
 */
function amountsFor(lines: readonly Line[], line: Line): readonly LineAmount[] {
  const { amounts } = line
  if (!isCaption(line)) return amounts
  const beside = ([1, -1] as const).flatMap((step) => {
    const bare = neighbour(lines, line, step)
    if (!isBare(bare)) return []
    const rival = neighbour(lines, bare, step)
    return isCaption(rival) && apart(rival, bare) < apart(line, bare) ? [] : [bare]
  })
  return beside.sort((a, b) => apart(line, a) - apart(line, b))[0]?.amounts ?? []
}

/** An amount that leaves the tax out is no total, whatever it is called: "Net amount excl. VAT". */
function rolesHere(text: string): ReadonlySet<AmountRole> {
  const roles = rolesOf(text)
  const isTotal = roles.has('strongTotal') || roles.has('total')
  if (!isTotal || roles.has('notTotal') || !/\bexcl/i.test(text)) return roles
  return new Set([...roles, 'subtotal', 'notTotal'] as const)
}

export function amountLines(lines: readonly Line[]): readonly AmountLine[] {
  const summary = lines.findIndex((l) => says(l.text, summaryPhrases) && l.amounts.length === 0)
  const found = lines.map((line, i) => ({
    line,
    amounts: amountsFor(lines, line),
    roles: rolesHere(line.text),
    inSummary: summary >= 0 && i > summary,
  }))
  return found.filter((l) => l.amounts.length > 0)
}

/** How much a line speaks for its last amount being the total. */
function totalWeight({ roles, inSummary }: AmountLine): number {
  if (roles.has('subtotal') || roles.has('discount')) return -0.5
  if (roles.has('within') || (roles.has('notTotal') && !roles.has('strongTotal'))) return -1
  const said = roles.has('strongTotal') ? 3 : roles.has('total') ? 2 : 0
  if (said > 0) return inSummary ? said / 4 : roles.has('change') ? 0 : said
  if (roles.has('change') || roles.has('rounding') || roles.has('tax')) return -0.5
  return roles.has('cash') ? 0.7 : 0
}

const byRole = (lines: readonly AmountLine[], role: AmountRole, ...not: AmountRole[]): number[] =>
  lines.filter((l) => l.roles.has(role) && !not.some((n) => l.roles.has(n))).map((l) => last(l).cents)

/** Amounts that the sums of a till give: cash less change, subtotal with tax, service and rounding. */
function derived(lines: readonly AmountLine[]): ReadonlySet<number> {
  const cash = byRole(lines, 'cash', 'total')
  const change = byRole(lines, 'change').map(Math.abs)
  const subtotals = byRole(lines, 'subtotal')
  const extras = [0, ...byRole(lines, 'tax', 'total'), ...byRole(lines, 'service')]
  const rounding = [0, ...byRole(lines, 'rounding')]
  const paid = cash.flatMap((c) => change.filter((x) => x > 0 && x < c).map((x) => c - x))
  const added = subtotals.flatMap((s) => extras.flatMap((e) => rounding.map((r) => (e || r ? s + e + r : 0))))
  return new Set([...paid, ...added].filter((v) => v > 0))
}

interface Vote {
  /** Of all lines that show the amount. */
  weight: number
  best: AmountLine
  bestWeight: number
}

type Ranked = Vote & { readonly cents: number }

/** Every different amount with the weight of all lines that show it: a misread total is outvoted by its repetitions. */
function votes(lines: readonly AmountLine[]): ReadonlyMap<number, Vote> {
  const sums = derived(lines)
  const result = new Map<number, Vote>()
  for (const line of lines) {
    const { cents } = last(line)
    const own = totalWeight(line)
    const vote = result.get(cents)
    if (!vote) result.set(cents, { weight: own + (sums.has(cents) ? 1.5 : 0), best: line, bestWeight: own })
    else {
      vote.weight += own > 0 ? own * 0.6 : 0.2
      if (own > vote.bestWeight) Object.assign(vote, { best: line, bestWeight: own })
    }
  }
  return result
}

/** The last amount of a line under a label. */
export function amountEntity(label: string, { line, amounts }: AmountLine, confidence: number): Entity {
  const { words } = amounts.at(-1)!.span
  return { label, page: line.page, words, group: null, confidence: confidence * wordConfidence(words) }
}

/** What a till asks for after rounding to 5: said as a total within 4 of another total. */
function isRounded(vote: Ranked, all: readonly Ranked[]): boolean {
  const off = (v: Ranked): number => Math.abs(v.cents - vote.cents)
  return (
    vote.cents % 5 === 0 &&
    (vote.bestWeight > 0.5 || vote.best.roles.has('rounding')) &&
    all.some((v) => v.cents % 5 !== 0 && v.bestWeight >= 2 && off(v) <= 4)
  )
}

/** Candidates for the total, the likeliest first. */
export function tagTotals(lines: readonly AmountLine[]): readonly Entity[] {
  const all = [...votes(lines)].map(([cents, vote]): Ranked => ({ cents, ...vote }))
  const ranked = all
    .map((v) => (isRounded(v, all) ? { ...v, weight: v.weight + 4 } : v))
    .filter((v) => v.weight > 0.5 && v.cents !== 0)
    .sort((a, b) => b.weight - a.weight || b.cents - a.cents)
  const sum = ranked.reduce((total, v) => total + v.weight ** 2, 0)
  return ranked.slice(0, 4).map((v) => amountEntity('TOTAL', v.best, v.weight ** 2 / sum))
}

/** The amounts of lines that say a role and none of the roles that would make it something else. */
export function tagRole(
  lines: readonly AmountLine[],
  label: string,
  role: AmountRole,
  ...not: readonly AmountRole[]
): readonly Entity[] {
  return lines
    .filter((l) => !l.inSummary && l.roles.has(role) && !not.some((n) => l.roles.has(n)))
    .map((l) => amountEntity(label, l, 0.9))
}
