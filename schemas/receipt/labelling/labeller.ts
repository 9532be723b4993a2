import type { OcrPage } from '../../../src/core/document.ts'
import type { Entity, Labeller } from '../../../src/core/engines.ts'
import { tagDates, tagTimes } from '../../../src/ner/rules/dates.ts'
import { nextGroup } from '../../../src/ner/rules/groups.ts'
import { toLines } from '../../../src/ner/rules/line.ts'
import { tagPhones } from '../../../src/ner/rules/phones.ts'
import { receiptLabels } from '../labels.ts'
import { tagAddress } from './address.ts'
import { tagDiscounts, tagRounding, tagServiceCharges, tagTips } from './adjustments.ts'
import { amountLines, tagRole, tagTotals } from './amounts.ts'
import { tagItems } from './items.ts'
import { tagMerchant } from './merchant.ts'
import { findTaxes } from './tax-table.ts'
import { taxEntities } from './taxes.ts'

/** Labels words by dictionary, geometry and patterns. Several entities of a label are candidates, the likeliest first. */
function label(pages: readonly OcrPage[]): readonly Entity[] {
  const lines = toLines(pages)
  const amounts = amountLines(lines)
  const items = tagItems(lines, amounts)
  return [
    ...tagMerchant(lines),
    ...tagAddress(lines),
    ...tagPhones(lines),
    ...tagDates(lines),
    ...tagTimes(lines),
    ...items,
    ...tagRole(amounts, 'SUBTOTAL', 'subtotal'),
    ...tagDiscounts(amounts),
    ...tagServiceCharges(amounts),
    ...taxEntities(findTaxes(lines, amounts), nextGroup(items)),
    ...tagRounding(amounts),
    ...tagTips(amounts),
    ...tagTotals(amounts),
    ...tagRole(amounts, 'TENDERED', 'cash', 'change', 'total'),
    ...tagRole(amounts, 'CHANGE', 'change'),
  ]
}

/** What a receipt says and where, by rules. */
export const receiptLabeller: Labeller = { labels: receiptLabels.byRules, label }
