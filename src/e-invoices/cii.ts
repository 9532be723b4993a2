import type { EInvoice, EInvoiceLine, Party } from './e-invoice.ts'
import { day, decimal, ibanOf, inCurrency, listed } from './values.ts'
import { all, one, textAt, type XmlElement } from './xml.ts'

/** Roots of UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2 and XRechnung; and of ZUGFeRD 1. */
export const ciiRoots: ReadonlySet<string> = new Set(['CrossIndustryInvoice', 'CrossIndustryDocument'])

/** Codes of UNTDID 1001 for credit notes. */
const creditNotes: ReadonlySet<string> = new Set(['81', '83', '381', '396', '532'])

/** ZUGFeRD 1 has the same elements under names of an earlier draft. */
interface Names {
  readonly document: string
  readonly transaction: string
  readonly agreement: string
  readonly settlement: string
  readonly sums: string
  readonly line: string
  readonly lineAgreement: string
  readonly lineDelivery: string
  readonly lineSettlement: string
  readonly lineSums: string
}

const current: Names = {
  document: 'ExchangedDocument',
  transaction: 'SupplyChainTradeTransaction',
  agreement: 'ApplicableHeaderTradeAgreement',
  settlement: 'ApplicableHeaderTradeSettlement',
  sums: 'SpecifiedTradeSettlementHeaderMonetarySummation',
  line: 'IncludedSupplyChainTradeLineItem',
  lineAgreement: 'SpecifiedLineTradeAgreement',
  lineDelivery: 'SpecifiedLineTradeDelivery',
  lineSettlement: 'SpecifiedLineTradeSettlement',
  lineSums: 'SpecifiedTradeSettlementLineMonetarySummation',
}

const zugferd1: Names = {
  document: 'HeaderExchangedDocument',
  transaction: 'SpecifiedSupplyChainTradeTransaction',
  agreement: 'ApplicableSupplyChainTradeAgreement',
  settlement: 'ApplicableSupplyChainTradeSettlement',
  sums: 'SpecifiedTradeSettlementMonetarySummation',
  line: 'IncludedSupplyChainTradeLineItem',
  lineAgreement: 'SpecifiedSupplyChainTradeAgreement',
  lineDelivery: 'SpecifiedSupplyChainTradeDelivery',
  lineSettlement: 'SpecifiedSupplyChainTradeSettlement',
  lineSums: 'SpecifiedTradeSettlementMonetarySummation',
}

function partyOf(party: XmlElement | undefined): Party {
  const address = one(party, 'PostalTradeAddress')
  const ids = all(party, 'SpecifiedTaxRegistration', 'ID')
  const lines = ['LineOne', 'LineTwo', 'LineThree'].map((name) => textAt(address, name))
  const town = [textAt(address, 'PostcodeCode'), textAt(address, 'CityName')].filter((part) => part !== null)
  return {
    name: textAt(party, 'Name'),
    address: listed([...lines, town.join(' ') || null, textAt(address, 'CountryID')]),
    vatId: ids.find(({ attributes }) => attributes['schemeID'] === 'VA')?.text || null,
  }
}

/** A price may be given for so many units. */
function unitPrice(line: XmlElement, { lineAgreement }: Names): number | null {
  const price = one(line, lineAgreement, 'NetPriceProductTradePrice')
  const amount = decimal(textAt(price, 'ChargeAmount'))
  const per = decimal(textAt(price, 'BasisQuantity'))
  return amount !== null && per !== null && per !== 0 ? amount / per : amount
}

const lineOf = (line: XmlElement, names: Names): EInvoiceLine => ({
  description: textAt(line, 'SpecifiedTradeProduct', 'Name'),
  quantity: decimal(textAt(line, names.lineDelivery, 'BilledQuantity')),
  unitPrice: unitPrice(line, names),
  amount: decimal(textAt(line, names.lineSettlement, names.lineSums, 'LineTotalAmount')),
})

/** In ZUGFeRD 1 a line without product only says something. */
const isCharged = (line: XmlElement): boolean => one(line, 'SpecifiedTradeProduct') !== undefined

/** The day by which the first of the terms asks for all of it. */
const dueDate = (settlement: XmlElement | undefined): string | null =>
  day(textAt(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime', 'DateTimeString'))

function ibanIn(settlement: XmlElement | undefined): string | null {
  const means = ['SpecifiedTradeSettlementPaymentMeans', 'PayeePartyCreditorFinancialAccount', 'IBANID']
  return all(settlement, ...means).map(({ text }) => ibanOf(text)).find((iban) => iban !== null) ?? null // prettier-ignore
}

function amountsOf(settlement: XmlElement | undefined, names: Names, currency: string | null) {
  const sums = one(settlement, names.sums)
  const amount = (name: string): number | null => decimal(inCurrency(all(sums, name), currency)?.text ?? null)
  return {
    net: amount('TaxBasisTotalAmount'),
    tax: amount('TaxTotalAmount'),
    total: amount('GrandTotalAmount'),
    amountDue: amount('DuePayableAmount'),
  }
}

/** An invoice in the syntax of UN/CEFACT CII (D16B and later), or of ZUGFeRD 1. */
export function readCii(root: XmlElement): EInvoice {
  const names = root.name === 'CrossIndustryDocument' ? zugferd1 : current
  const document = one(root, names.document)
  const transaction = one(root, names.transaction)
  const agreement = one(transaction, names.agreement)
  const settlement = one(transaction, names.settlement)
  const currency = textAt(settlement, 'InvoiceCurrencyCode')
  return {
    kind: creditNotes.has(textAt(document, 'TypeCode') ?? '') ? 'credit-note' : 'invoice',
    number: textAt(document, 'ID'),
    date: day(textAt(document, 'IssueDateTime', 'DateTimeString')),
    dueDate: dueDate(settlement),
    seller: partyOf(one(agreement, 'SellerTradeParty')),
    buyer: partyOf(one(agreement, 'BuyerTradeParty')),
    currency,
    ...amountsOf(settlement, names, currency),
    iban: ibanIn(settlement),
    lines: all(transaction, names.line)
      .filter(isCharged)
      .map((line) => lineOf(line, names)),
  }
}
