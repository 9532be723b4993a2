import { z } from 'zod'
import {
  anchor,
  date,
  dates,
  defineDocumentType,
  entity,
  field,
  firstOf,
  number,
  regex,
  table,
  template,
} from '../src/authoring.ts'

const text = z.string().min(1).nullable()

const item = z.object({
  article: text.describe('Article number').meta(field({ risk: 'low' })),
  description: text.meta(field({ risk: 'low' })),
  quantity: z
    .number()
    .nullable()
    .meta(field({ comparator: 'amount', risk: 'medium' })),
  unit: text.describe('As printed: "pcs", "kg", "Karton"').meta(field({ risk: 'low' })),
})

/** What came with a delivery: goods and quantities, no prices. What the document does not print is null. */
const deliveryNote = z.object({
  number: text.meta(field({ risk: 'high' })),
  date: z.iso
    .date()
    .nullable()
    .describe('Day of the delivery, ISO 8601')
    .meta(field({ comparator: 'date', risk: 'medium' })),
  order: text.describe('Number of the order that it answers').meta(field({ risk: 'medium' })),
  customer: text.describe('Number of the customer').meta(field({ risk: 'low' })),
  items: z.array(item).nullable(),
  packages: z
    .int()
    .nullable()
    .describe('How many parcels or pallets')
    .meta(field({ risk: 'low' })),
})

/** Something with a digit, as numbers of documents have: captions stand alone too. */
const code = (value: string) => {
  const first = value.replace(/^[\s:#.]+/, '').split(/\s/)[0] ?? ''
  return /\d/.test(first) ? { value: first, text: first } : null
}

export default defineDocumentType({
  name: 'delivery-note',
  schema: deliveryNote,
  required: ['/number'],
  template: template({
    '/number': anchor('Delivery note no', {
      or: [
        'Delivery note',
        'Delivery no',
        'Delivery order',
        'DO no',
        'Despatch note',
        'Lieferschein-Nr',
        'Lieferschein',
        'Bon de livraison',
        'Albarán',
        'Surat jalan',
      ],
      as: code,
    }),
    '/date': firstOf(
      anchor('Delivery date', {
        or: ['Date of delivery', 'Lieferdatum', 'Date de livraison', 'Fecha de entrega'],
        as: date,
      }),
      entity('DATE', { as: date }),
    ),
    '/order': anchor('Order no', {
      or: ['Your order', 'Purchase order', 'PO no', 'Bestellnummer', 'Bestell-Nr', 'Commande', 'Pedido'],
      as: code,
    }),
    '/customer': anchor('Customer no', {
      or: ['Customer', 'Account no', 'Kundennummer', 'Kunden-Nr', 'Client', 'Cliente'],
      as: code,
    }),
    '/items': table({
      article: {
        headings: ['Article', 'Item no', 'SKU', 'Code', 'Art.-Nr', 'Artikel', 'Référence', 'Referencia'],
      },
      description: { headings: ['Description', 'Goods', 'Bezeichnung', 'Désignation', 'Descripción'] },
      quantity: { headings: ['Quantity', 'Qty', 'Menge', 'Quantité', 'Cantidad'], as: number, needed: true },
      unit: { headings: ['Unit', 'UOM', 'Einheit', 'Unité', 'Unidad'] },
    }),
    '/packages': regex(
      /(\d{1,4}) *(?:packages|parcels|pallets|cartons|pakete|paletten|colis|palettes|bultos)\b/i,
      { as: number },
    ),
  }),
  labellers: [dates()],
  rules: [
    ({ items }) =>
      (items ?? []).flatMap(({ quantity }, i) =>
        quantity !== null && quantity < 0
          ? [
              {
                code: 'QUANTITY_NEGATIVE',
                field: `/items/${i}/quantity` as const,
                message: 'Nobody delivers less than nothing.',
              },
            ]
          : [],
      ),
  ],
})
