import type { AmountLine } from './amounts.ts'
import { phraseTokens, rolesOf, says } from '../../../src/ner/rules/lexicon.ts'
import type { Line } from '../../../src/ner/rules/line.ts'
import { isPlausible, taxesOf, taxLine, type Taxes } from './taxes.ts'

/** What the columns of a tax table are called, in the letters of `phraseTokens`. */
const columnPhrases = [
  'netto', 'brutto', 'satz', 'betrag', 'net', 'gross', 'amount', 'amt', 'rate', 'base', 'code', 'summary', 'analysis',
  'taxable', 'goods', 'aufstellung', 'ubersicht', 'detail', 'desglose', 'imponible', 'cuota', 'ttc', 'ht', 'taux', 'montant', 'breakdown', 'tax',
] // prettier-ignore

/** Net, tax and gross: two of them head a table even where no tax is named. */
const threeColumns = [
  'netto',
  'steuer',
  'brutto',
  'net',
  'tax',
  'gross',
  'ht',
  'tva',
  'ttc',
  'imponible',
  'iva',
]

/** A table of goods with a column of taxes is none of taxes. */
const goodsPhrases = [
  'qty',
  'item',
  'items',
  'description',
  'price',
  'artikel',
  'menge',
  'preis',
  'total qty',
  'uom',
]

function isHeading(line: Line): boolean {
  if (line.amounts.length > 0 || says(line.text, goodsPhrases)) return false
  const columns = phraseTokens(line.text).filter((token) => says(token, threeColumns)).length
  const isTax = rolesOf(line.text).has('tax') || says(line.text, ['ust', 'tax', 'goods'])
  return columns > 1 || (isTax && says(line.text, columnPhrases))
}

/** Rows of a table are amounts with a short name or a rate before them, right below its heading. */
const isRow = ({ line, amounts, roles }: AmountLine): boolean =>
  (amounts.length > 1 || /\d\s?%/.test(line.repaired)) &&
  !['strongTotal', 'notTotal', 'cash', 'change', 'rounding', 'discount', 'tip'].some((r) =>
    roles.has(r as 'cash'),
  )

/** The rows of all tax tables; a heading may take two lines. */
function tableRows(lines: readonly Line[], priced: readonly AmountLine[]): readonly AmountLine[] {
  const byLine = new Map(priced.map((p) => [p.line, p]))
  return lines.filter(isHeading).flatMap((heading) => {
    const below = lines.slice(heading.index + 1).filter((line) => line.page === heading.page)
    const first = below.findIndex((line) => line.amounts.length > 0)
    if (first < 0 || first > 1) return []
    const rows = below.slice(first)
    const end = rows.findIndex((line) => line.amounts.length === 0 || !isRow(byLine.get(line)!))
    return rows.slice(0, end < 0 ? undefined : end).map((line) => byLine.get(line)!)
  })
}

const without = /\b(?:excl|excluding|before|without|ohne|hors|sin|ex)\b/i

/** A total with a rate may say how much of it is tax: what it says is then small enough to be that. */
function isTaxLine({ line, roles, inSummary }: AmountLine): boolean {
  if (inSummary || !roles.has('tax') || without.test(line.text)) return false
  if (['notTax', 'subtotal', 'rounding', 'cash', 'change'].some((role) => roles.has(role as 'cash')))
    return false
  const isTotal = roles.has('strongTotal') || (roles.has('total') && !roles.has('notTotal'))
  return !isTotal || ((roles.has('within') || /\d\s?%/.test(line.repaired)) && !roles.has('notTotal'))
}

const sum = ({ parts }: Taxes): number => parts.reduce((all, { cents }) => all + cents, 0)

/**
 * The taxes of a document. Where lines among the sums and a table say the same, the table says it in more detail; where
 * they differ, lines among the sums belong to the total.
 */
export function findTaxes(lines: readonly Line[], priced: readonly AmountLine[]): Taxes {
  const largest = priced
    .flatMap((p) => p.amounts)
    .reduce((most, { cents }) => Math.max(most, Math.abs(cents)), 0)
  const taxesIn = (some: readonly AmountLine[]): Taxes =>
    taxesOf(some.map(taxLine).filter((line) => isPlausible(line, largest)))
  const rows = new Set(tableRows(lines, priced))
  const table = taxesIn([...rows])
  const among = taxesIn(priced.filter((line) => isTaxLine(line) && !rows.has(line)))
  if (among.parts.length === 0) return table
  const isDetailed = table.parts.length >= among.parts.length && sum(table) === sum(among)
  const total = among.total ?? (among.parts.length === 1 ? among.parts[0]! : table.total)
  return isDetailed ? { ...table, total } : among
}
