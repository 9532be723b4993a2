import type { OcrPage } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { tagAddress } from './rules/address.ts'
import { amountLines, tagRole, tagTotals } from './rules/amounts.ts'
import { tagDates, tagTimes } from './rules/dates.ts'
import { tagItems } from './rules/items.ts'
import { toLines } from './rules/line.ts'
import { tagMerchant } from './rules/merchant.ts'
import { tagPhones } from './rules/phones.ts'

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
  'TAX',
  'TIP',
  'TOTAL',
] as const

/** Labels words by dictionary, geometry and patterns. Several entities of a label are candidates, the likeliest first. */
function tag(pages: readonly OcrPage[]): readonly Entity[] {
  const lines = toLines(pages)
  const amounts = amountLines(lines)
  return [
    ...tagMerchant(lines),
    ...tagAddress(lines),
    ...tagPhones(lines),
    ...tagDates(lines),
    ...tagTimes(lines),
    ...tagItems(lines),
    ...tagRole(amounts, 'SUBTOTAL', 'subtotal'),
    ...tagRole(amounts, 'TAX', 'tax', 'notTax', 'subtotal', 'strongTotal', 'rounding'),
    ...tagRole(amounts, 'TIP', 'tip', 'change', 'cash'),
    ...tagTotals(amounts),
  ]
}

export function ruleTagger(): EntityTagger {
  return {
    name: 'rules',
    revision: '1',
    labels,
    async tag(pages, signal) {
      signal?.throwIfAborted()
      return tag(pages)
    },
  }
}
