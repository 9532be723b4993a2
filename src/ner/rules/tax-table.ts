import type { AmountLine } from './amounts.ts'
import { rolesOf, says } from './lexicon.ts'
import type { Line } from './line.ts'
import { taxesOf, taxLine, type Taxes } from './taxes.ts'

/** What the columns of a tax table are called, in the letters of `phraseTokens`. */
const columnPhrases = [
  'netto', 'brutto', 'satz', 'betrag', 'net', 'gross', 'amount', 'amt', 'rate', 'base', 'code', 'summary', 'analysis',
  'taxable', 'goods', 'imponible', 'cuota', 'ttc', 'ht', 'taux', 'montant', 'breakdown', 'tax',
] // prettier-ignore

const isHeading = (line: Line): boolean => {
  if (line.amounts.length > 0) return false
  const roles = rolesOf(line.text)
  return (roles.has('tax') || says(line.text, ['ust', 'tax', 'goods'])) && says(line.text, columnPhrases)
}

/** Rows of a table are amounts with a short name or a rate before them, right below its heading. */
const isRow = ({ line, amounts, roles }: AmountLine): boolean =>
  (amounts.length > 1 || /\d\s?%/.test(line.repaired)) &&
  !['strongTotal', 'cash', 'change', 'rounding', 'discount', 'tip'].some((r) => roles.has(r as 'cash'))

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

const notTax = ['notTax', 'subtotal', 'strongTotal', 'rounding'] as const

const isTaxLine = ({ roles, inSummary }: AmountLine): boolean =>
  !inSummary && roles.has('tax') && !notTax.some((role) => roles.has(role))

const sum = ({ parts }: Taxes): number => parts.reduce((all, { cents }) => all + cents, 0)

/**
 * The taxes of a document. Where lines among the sums and a table say the same, the table says it in more detail; where
 * they differ, lines among the sums belong to the total.
 */
export function findTaxes(lines: readonly Line[], priced: readonly AmountLine[]): Taxes {
  const rows = [...new Set(tableRows(lines, priced))]
  const table = taxesOf(rows.map(taxLine))
  const among = taxesOf(priced.filter((line) => isTaxLine(line) && !rows.includes(line)).map(taxLine))
  if (among.parts.length === 0) return table
  const isDetailed = table.parts.length >= among.parts.length && sum(table) === sum(among)
  return isDetailed
    ? { ...table, total: among.total ?? (among.parts.length === 1 ? among.parts[0]! : table.total) }
    : among
}
