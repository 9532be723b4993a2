/** Invoices of invented sellers in each syntax; all say the same. */

const rsm = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'
const ram = 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100'
const udt = 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100'

export interface Said {
  readonly number?: string
  readonly total?: string
  readonly currency?: string
  readonly typeCode?: string
}

const party = (name: string, street: string, postcode: string, city: string, vatId: string): string => `
  <ram:Name>${name}</ram:Name>
  <ram:PostalTradeAddress>
    <ram:PostcodeCode>${postcode}</ram:PostcodeCode><ram:LineOne>${street}</ram:LineOne>
    <ram:CityName>${city}</ram:CityName><ram:CountryID>DE</ram:CountryID>
  </ram:PostalTradeAddress>
  <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">19/555/01234</ram:ID></ram:SpecifiedTaxRegistration>
  <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${vatId}</ram:ID></ram:SpecifiedTaxRegistration>`

const seller = party('Nordwerk Beschläge GmbH', 'Hafenstr. 12', '24103', 'Kiel', 'DE123456789')
const buyer = party('Brandt &amp; Söhne KG', 'Lindenweg 4', '80331', 'München', 'DE987654321')

/** UN/CEFACT CII as Factur-X, ZUGFeRD 2 and XRechnung have it. */
export const cii = ({
  number = 'RE-20417',
  total = '38.08',
  currency = 'EUR',
  typeCode = '380',
}: Said = {}): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="${rsm}" xmlns:ram="${ram}" xmlns:udt="${udt}">
  <rsm:ExchangedDocument>
    <ram:ID>${number}</ram:ID><ram:TypeCode>${typeCode}</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20240617</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:SpecifiedTradeProduct><ram:Name>Winkel, verzinkt</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
        <ram:ChargeAmount>1200.00</ram:ChargeAmount><ram:BasisQuantity unitCode="C62">100</ram:BasisQuantity>
      </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">2.0000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
        <ram:LineTotalAmount>24.00</ram:LineTotalAmount>
      </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:SpecifiedTradeProduct><ram:Name><![CDATA[Griff]]></ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
        <ram:ChargeAmount>8.00</ram:ChargeAmount>
      </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
        <ram:LineTotalAmount>8.00</ram:LineTotalAmount>
      </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty>${seller}</ram:SellerTradeParty>
      <ram:BuyerTradeParty>${buyer}</ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>${currency}</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
        <ram:IBANID>DE02 1203 0000 0000 2020 51</ram:IBANID>
      </ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:SpecifiedTradePaymentTerms>
        <ram:DueDateDateTime><udt:DateTimeString format="102">20240701</udt:DateTimeString></ram:DueDateDateTime>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>32.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>32.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="DKK">45.30</ram:TaxTotalAmount>
        <ram:TaxTotalAmount currencyID="${currency}">6.08</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>${total}</ram:GrandTotalAmount><ram:DuePayableAmount>${total}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`)

const renamed: readonly (readonly [RegExp, string])[] = [
  [/CrossIndustryInvoice:100/g, 'CrossIndustryDocument:invoice:1p0'],
  [/urn:un:unece:uncefact:data:standard:CrossIndustryDocument/g, 'urn:ferd:CrossIndustryDocument'],
  [/rsm:CrossIndustryInvoice/g, 'rsm:CrossIndustryDocument'],
  [/ExchangedDocument/g, 'HeaderExchangedDocument'],
  [/ApplicableHeaderTrade/g, 'ApplicableSupplyChainTrade'],
  [/SpecifiedTradeSettlement(?:Header|Line)MonetarySummation/g, 'SpecifiedTradeSettlementMonetarySummation'],
  [/SpecifiedLineTrade/g, 'SpecifiedSupplyChainTrade'],
  [/rsm:SupplyChainTradeTransaction/g, 'rsm:SpecifiedSupplyChainTradeTransaction'],
]

/** ZUGFeRD 1: the names of an earlier draft. */
export const zugferd1 = (): Buffer =>
  Buffer.from(renamed.reduce((text, [from, to]) => text.replace(from, to), cii().toString()))

const ublParty = (
  name: string,
  street: string,
  postcode: string,
  city: string,
  vatId: string,
): string => `<cac:Party>
    <cac:PartyName><cbc:Name>${name.split(' ')[0]}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>${street}</cbc:StreetName><cbc:CityName>${city}</cbc:CityName><cbc:PostalZone>${postcode}</cbc:PostalZone>
      <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>19/555/01234</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`

const ublLine = (
  kind: string,
  name: string,
  quantity: string,
  price: string,
  per: string,
  amount: string,
): string => `
  <cac:${kind}Line><cbc:ID>1</cbc:ID><cbc:${kind === 'Invoice' ? 'Invoiced' : 'Credited'}Quantity unitCode="C62">${quantity}</cbc:${kind === 'Invoice' ? 'Invoiced' : 'Credited'}Quantity>
    <cbc:LineExtensionAmount currencyID="EUR">${amount}</cbc:LineExtensionAmount><cac:Item><cbc:Name>${name}</cbc:Name></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">${price}</cbc:PriceAmount>${per}</cac:Price></cac:${kind}Line>`

/** UBL 2.1 as Peppol BIS Billing and XRechnung have it. */
export const ubl = (kind: 'Invoice' | 'CreditNote' = 'Invoice'): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>RE-20417</cbc:ID><cbc:IssueDate>2024-06-17</cbc:IssueDate><cbc:DueDate>2024-07-01</cbc:DueDate>
  <cbc:${kind}TypeCode>${kind === 'Invoice' ? '380' : '381'}</cbc:${kind}TypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty>${ublParty('Nordwerk Beschläge GmbH', 'Hafenstr. 12', '24103', 'Kiel', 'DE123456789')}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${ublParty('Brandt &#38; Söhne KG', 'Lindenweg 4', '80331', 'München', 'DE987654321')}</cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">6.08</cbc:TaxAmount></cac:TaxTotal>
  <cac:TaxTotal><cbc:TaxAmount currencyID="DKK">45.30</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">32.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">32.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">38.08</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">38.08</cbc:PayableAmount></cac:LegalMonetaryTotal>
  ${ublLine(kind, 'Winkel, verzinkt', '2', '1200.00', '<cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity>', '24.00')}
  ${ublLine(kind, 'Griff', '1', '8.00', '', '8.00')}
</${kind}>`)

/** What all of them say. */
export const said = {
  kind: 'invoice',
  number: 'RE-20417',
  date: '2024-06-17',
  dueDate: '2024-07-01',
  seller: { name: 'Nordwerk Beschläge GmbH', address: 'Hafenstr. 12, 24103 Kiel, DE', vatId: 'DE123456789' },
  buyer: { name: 'Brandt & Söhne KG', address: 'Lindenweg 4, 80331 München, DE', vatId: 'DE987654321' },
  currency: 'EUR',
  net: 32,
  tax: 6.08,
  total: 38.08,
  amountDue: 38.08,
  iban: 'DE02120300000000202051',
  lines: [
    { description: 'Winkel, verzinkt', quantity: 2, unitPrice: 12, amount: 24 },
    { description: 'Griff', quantity: 1, unitPrice: 8, amount: 8 },
  ],
} as const
