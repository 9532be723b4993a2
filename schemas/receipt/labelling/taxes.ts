import { wordConfidence, type Word } from '../../../src/core/document.ts'
import type { Entity } from '../../../src/core/engines.ts'
import { findInLine, wordsBetween, type TextSpan } from '../../../src/core/line-text.ts'
import type { AmountLine } from './amounts.ts'
import { recordOf } from '../../../src/ner/rules/header.ts'
import type { LineAmount } from '../../../src/ner/rules/line.ts'
import { phraseTokens, rolesOf } from '../../../src/ner/rules/lexicon.ts'

/** A tax as a line shows it; words are empty for what the line does not show. */
export interface TaxLine {
  readonly page: number
  readonly label: readonly Word[]
  readonly rate: readonly Word[]
  readonly base: readonly Word[]
  readonly amount: readonly Word[]
  readonly cents: number
  /** In percent, as printed; null where none is. */
  readonly percent: number | null
  /** What the tax is called, without numbers and marks. */
  readonly name: string
  /** Calls itself a total. */
  readonly saysTotal: boolean
}

const percent = /(?<![\d.,])\d{1,2}(?:[.,]\d{1,3})?(?=\s?%)/g
const bareRate = /(?<![\d.,/:-])\d{1,2}(?![\d.,%/:-])/g

interface Parts {
  readonly rate: TextSpan | null
  readonly base: LineAmount | null
  readonly amount: LineAmount
}

/** Hundredths by which a tax may differ from its base times its rate: the base is rounded too. */
const productRounding = 2

/** No tax is more of anything than this. */
const highestShare = 0.4

type Pair = readonly [base: LineAmount, tax: LineAmount]

const pairs = (amounts: readonly LineAmount[]): readonly Pair[] =>
  amounts.flatMap((base) => amounts.filter((tax) => tax !== base).map((tax) => [base, tax] as const))

const percentOf = ({ text }: TextSpan): number => Number(text.replace(',', '.'))

const fits = (rate: TextSpan, [base, tax]: Pair): boolean =>
  Math.abs((base.cents * percentOf(rate)) / 100 - tax.cents) <= productRounding

/** Whether a third amount is what both make: net, tax and gross. */
const makes = (amounts: readonly LineAmount[], [base, tax]: Pair): boolean =>
  Math.abs(tax.cents) < Math.abs(base.cents) && amounts.some((a) => a.cents === base.cents + tax.cents)

/** Net, tax and gross in any order are told apart by the rate; without one by their sum, or by their sizes. */
function partsOf(
  amounts: readonly LineAmount[],
  rates: readonly TextSpan[],
  bare: readonly TextSpan[],
): Parts {
  const rate = rates[0] ?? null
  const last = { rate, base: null, amount: amounts.at(-1)! }
  if (amounts.length < 2) return last
  const told = [...rates, ...bare].flatMap((r) => pairs(amounts).filter((pair) => fits(r, pair)).map((pair) => ({ r, pair })))[0] // prettier-ignore
  if (told) return { rate: told.r, base: told.pair[0], amount: told.pair[1] }
  const summed = pairs(amounts).find((pair) => makes(amounts, pair))
  if (summed) return { rate, base: summed[0], amount: summed[1] }
  const [small, large] = [...amounts].sort((a, b) => Math.abs(a.cents) - Math.abs(b.cents)) as [
    LineAmount,
    LineAmount,
  ]
  return rate || amounts.length > 2 || Math.abs(small.cents) > highestShare * Math.abs(large.cents)
    ? last
    : { rate, base: large, amount: small }
}

/** What a line with amounts says of one tax. */
export function taxLine({ line, amounts }: AmountLine): TaxLine {
  const [rates, bare] = [percent, bareRate].map((p) => findInLine(line.textLine, p, line.repaired)) as [TextSpan[], TextSpan[]] // prettier-ignore
  const { rate, base, amount } = partsOf(amounts, rates, bare)
  const start = line.amounts[0]?.span.start ?? line.text.length
  const label = wordsBetween(line.textLine, 0, start).filter(
    (word) => /[\p{L}\d]/u.test(word.text) && !amount.span.words.includes(word),
  )
  const called = label.map((w) => w.text).join(' ')
  return {
    page: line.page,
    label,
    rate: rate?.words ?? [],
    base: base?.span.words ?? [],
    amount: amount.span.words,
    cents: amount.cents,
    percent: rate && percentOf(rate),
    name: phraseTokens(called).join(' '),
    saysTotal: rolesOf(called).has('total'),
  }
}

/** Whether what the tax is taken of would be no more than the largest amount of the document, in hundredths. */
export function isPlausible({ cents, percent }: TaxLine, largest: number): boolean {
  if (percent === 0) return cents === 0
  const base = percent === null ? Math.abs(cents) / highestShare : (Math.abs(cents) * 100) / percent
  return base <= 1.1 * largest
}

/** Said twice: the same amount under a name that is part of the other. */
const repeats = (a: TaxLine, b: TaxLine): boolean =>
  a.cents === b.cents && (a.saysTotal || b.saysTotal || a.name.includes(b.name) || b.name.includes(a.name))

const sum = (lines: readonly TaxLine[]): number => lines.reduce((all, { cents }) => all + cents, 0)

export interface Taxes {
  readonly parts: readonly TaxLine[]
  /** A line that gives the sum of all the others. */
  readonly total: TaxLine | null
}

/** Different taxes among lines that speak of tax, and the line that adds them up. */
export function taxesOf(lines: readonly TaxLine[]): Taxes {
  const different = lines.filter((line, i) => !lines.slice(0, i).some((earlier) => repeats(earlier, line)))
  const total = different.find((line) => {
    const others = different.filter((other) => other !== line)
    return others.length > (line.saysTotal ? 0 : 1) && sum(others) === line.cents
  })
  return { parts: different.filter((line) => line !== total), total: total ?? null }
}

const entities = (line: TaxLine, group: number): readonly Entity[] =>
  recordOf(
    { TAX_LABEL: line.label, TAX_RATE: line.rate, TAX_BASE: line.base, TAX_AMOUNT: line.amount },
    line.page,
    group,
    0.9,
  )

/** What taxes come to: the line that says so, the only tax that is not nothing, or nothing where only several parts are printed. */
function taxSum({ parts, total }: Taxes): readonly Entity[] {
  const due = parts.filter(({ cents }) => cents !== 0)
  const [only, ...others] = due.length > 0 ? due : parts
  const line = total ?? (others.length === 0 ? only : undefined)
  if (!line) return []
  const { page, amount: words } = line
  return [{ label: 'TAX', page, words, group: null, confidence: 0.9 * wordConfidence(words) }]
}

/** Each tax as a record, groups counted from `group`, and the sum where it is printed. */
export const taxEntities = (taxes: Taxes, group: number): readonly Entity[] => [
  ...taxes.parts.flatMap((line, i) => entities(line, group + i)),
  ...taxSum(taxes),
]
