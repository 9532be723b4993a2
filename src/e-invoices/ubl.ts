import type { EInvoice, EInvoiceLine, Party } from './e-invoice.ts'
import { day, decimal, ibanOf, inCurrency, listed } from './values.ts'
import { all, one, textAt, type XmlElement } from './xml.ts'

/** Roots of UBL 2.1 as Peppol BIS Billing and XRechnung use it. */
export const ublRoots: ReadonlySet<string> = new Set(['Invoice', 'CreditNote'])

/** Codes of UNTDID 1001 for credit notes, which may come as an `Invoice` too. */
const creditNotes: ReadonlySet<string> = new Set(['81', '83', '381', '396', '532'])

function vatIdOf(party: XmlElement | undefined): string | null {
  const isVat = (scheme: XmlElement): boolean => textAt(scheme, 'TaxScheme', 'ID') === 'VAT'
  return textAt(all(party, 'PartyTaxScheme').find(isVat), 'CompanyID')
}

function partyOf(party: XmlElement | undefined): Party {
  const address = one(party, 'PostalAddress')
  const town = [textAt(address, 'PostalZone'), textAt(address, 'CityName')].filter((part) => part !== null)
  return {
    name: textAt(party, 'PartyLegalEntity', 'RegistrationName') ?? textAt(party, 'PartyName', 'Name'),
    address: listed([
      textAt(address, 'StreetName'),
      textAt(address, 'AdditionalStreetName'),
      textAt(address, 'AddressLine', 'Line'),
      town.join(' ') || null,
      textAt(address, 'Country', 'IdentificationCode'),
    ]),
    vatId: vatIdOf(party),
  }
}

/** A price may be given for so many units. */
function unitPrice(line: XmlElement): number | null {
  const amount = decimal(textAt(line, 'Price', 'PriceAmount'))
  const per = decimal(textAt(line, 'Price', 'BaseQuantity'))
  return amount !== null && per !== null && per !== 0 ? amount / per : amount
}

const lineOf = (line: XmlElement): EInvoiceLine => ({
  description: textAt(line, 'Item', 'Name') ?? textAt(line, 'Item', 'Description'),
  quantity: decimal(textAt(line, 'InvoicedQuantity') ?? textAt(line, 'CreditedQuantity')),
  unitPrice: unitPrice(line),
  amount: decimal(textAt(line, 'LineExtensionAmount')),
})

function amountsOf(root: XmlElement, currency: string | null) {
  const sums = one(root, 'LegalMonetaryTotal')
  const taxes = all(root, 'TaxTotal', 'TaxAmount')
  return {
    net: decimal(textAt(sums, 'TaxExclusiveAmount')),
    tax: decimal(inCurrency(taxes, currency)?.text ?? null),
    total: decimal(textAt(sums, 'TaxInclusiveAmount')),
    amountDue: decimal(textAt(sums, 'PayableAmount')),
  }
}

/** An invoice or a credit note in the syntax of UBL 2.1. */
export function readUbl(root: XmlElement): EInvoice {
  const isCredit = root.name === 'CreditNote' || creditNotes.has(textAt(root, 'InvoiceTypeCode') ?? '')
  const currency = textAt(root, 'DocumentCurrencyCode')
  const accounts = all(root, 'PaymentMeans', 'PayeeFinancialAccount', 'ID')
  return {
    kind: isCredit ? 'credit-note' : 'invoice',
    number: textAt(root, 'ID'),
    date: day(textAt(root, 'IssueDate')),
    dueDate: day(textAt(root, 'DueDate') ?? textAt(root, 'PaymentMeans', 'PaymentDueDate')),
    seller: partyOf(one(root, 'AccountingSupplierParty', 'Party')),
    buyer: partyOf(one(root, 'AccountingCustomerParty', 'Party')),
    currency,
    ...amountsOf(root, currency),
    iban: accounts.map(({ text }) => ibanOf(text)).find((iban) => iban !== null) ?? null,
    lines: [...all(root, 'InvoiceLine'), ...all(root, 'CreditNoteLine')].map(lineOf),
  }
}
