import type { OcrPage } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { tagDiscounts, tagRounding, tagServiceCharges, tagTips } from './rules/adjustments.ts'
import { rulesRevision } from '../identity/own-revision.ts'
import { tagAddress } from './rules/address.ts'
import { amountLines, tagRole, tagTotals } from './rules/amounts.ts'
import { tagDates, tagTimes } from './rules/dates.ts'
import { tagItems } from './rules/items.ts'
import { toLines } from './rules/line.ts'
import { tagMerchant } from './rules/merchant.ts'
import { tagPhones } from './rules/phones.ts'
import { findTaxes } from './rules/tax-table.ts'
import { taxEntities } from './rules/taxes.ts'

const labels = [
  'MERCHANT_NAME',
  'ADDRESS',
  'PHONE',
  'DATE',
  'TIME',
  'ITEM_DESCRIPTION',
  'ITEM_QUANTITY',
  'ITEM_UNIT_PRICE',
  'ITEM_AMOUNT',
  'SUBTOTAL',
  'DISCOUNT',
  'SERVICE_CHARGE',
  'TAX_LABEL',
  'TAX_RATE',
  'TAX_BASE',
  'TAX_AMOUNT',
  'TAX',
  'ROUNDING',
  'TIP',
  'TOTAL',
  'TENDERED',
  'CHANGE',
] as const

const nextGroup = (entities: readonly Entity[]): number =>
  entities.reduce((next, { group }) => Math.max(next, (group ?? -1) + 1), 0)

/** Labels words by dictionary, geometry and patterns. Several entities of a label are candidates, the likeliest first. */
function tag(pages: readonly OcrPage[]): readonly Entity[] {
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

export function ruleTagger(): EntityTagger {
  return {
    name: 'rules',
    revision: rulesRevision(),
    labels,
    async tag(pages, signal) {
      signal?.throwIfAborted()
      return tag(pages)
    },
  }
}
