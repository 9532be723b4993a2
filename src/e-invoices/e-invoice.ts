/** A seller or a buyer. */
export interface Party {
  readonly name: string | null
  /** Street, postcode and town, country, separated by commas. */
  readonly address: string | null
  readonly vatId: string | null
}

export interface EInvoiceLine {
  readonly description: string | null
  readonly quantity: number | null
  readonly unitPrice: number | null
  /** Net, without tax. */
  readonly amount: number | null
}

/**
 * What an electronic invoice says, in the terms of EN 16931. Amounts are numbers in the currency of the invoice, of a credit note as
 * it states them; days are ISO 8601.
 */
export interface EInvoice {
  readonly kind: 'invoice' | 'credit-note'
  readonly number: string | null
  readonly date: string | null
  readonly dueDate: string | null
  readonly seller: Party
  readonly buyer: Party
  readonly currency: string | null
  readonly net: number | null
  readonly tax: number | null
  readonly total: number | null
  readonly amountDue: number | null
  readonly iban: string | null
  readonly lines: readonly EInvoiceLine[]
}
