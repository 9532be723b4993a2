import type { Finding } from '../rule.ts'
import { isBoundary } from './occurrences.ts'
import { textOf } from './sheet.ts'
import type { Marked } from './surroundings.ts'

/** How sure a value is that no caption names: a guess, which somebody has to look at. */
export const guess = 0.45

/** Lines from the top in which whoever sends a document is named. */
export const headerLines = 8

/** What documents are called, not who they are of. */
const isTitle = (text: string): boolean =>
  /^(?:tax |pro ?forma |commercial )?(?:invoice|receipt|bill|statement|order|contract|quote|quotation|credit note|rechnung|gutschrift|facture|devis|avoir|factura|fattura|factuur|fatura|faktura|original|copy|kopie|page|seite)\b.{0,12}$/i.test(
    text,
  )

/** The first text in the head of the first page that is neither a caption, nor a title, nor the value of a caption. */
export function letterhead({ sheet, captions }: Marked): readonly Finding[] {
  if (sheet.page !== 1) return []
  for (const [row, cells] of sheet.rows.slice(0, headerLines).entries()) {
    const [cell] = cells
    if (!cell) continue
    const text = textOf(cell.words)
    const isCaption = (captions.get(row) ?? []).some((one) => one.cell === 0 && isBoundary(one))
    const letters = text.replace(/[^\p{L}]/gu, '').length
    if (isCaption || isTitle(text) || letters < 3 || letters < text.length / 2 || /[@:]|www\./.test(text))
      continue
    const confidence = guess * Math.min(...cell.words.map((word) => word.confidence))
    return [{ value: text, text, page: sheet.page, words: cell.words, confidence }]
  }
  return []
}
