import { expect, test } from 'vitest'
import { detectLocale } from './locale.ts'

test.each([
  ['KEDAI ABC SDN BHD, SELANGOR\nRM 5.00', 'MY', 'MYR'],
  ['KEDAI ABC SDN BHD\n$5.00', 'MY', 'MYR'],
  ['ABC PTE LTD\n$3.00', 'SG', 'SGD'],
  ['MUSTER GMBH, BERLIN 3,00 €', 'DE', 'EUR'],
  ['ABC GmbH, Wien, ATU12345678', 'AT', null],
  ['12 rue X, Paris, SIRET 1\nTVA 20% 3,00 €', 'FR', 'EUR'],
  ['GSTIN 27AAAAA0000A1Z5 Rs. 500', 'IN', 'INR'],
  ['Sydney Australia $3', 'AU', 'AUD'],
  ['Toronto, Canada $5', 'CA', 'CAD'],
  ['Total $5.00 Toronto', 'CA', 'CAD'],
  ['£3.00', 'GB', 'GBP'],
  ['Austin, TX 78701', 'US', null],
  ['Columbus, 0H 43215', 'US', null],
  ['New York, NY 10001 $3', 'US', 'USD'],
  ['TOTAL $5.00', null, 'USD'],
  ['TOTAL HK$5.00', 'HK', 'HKD'],
  ['TOTAL 5.00', null, null],
  ['Taxi Malmö AB\nTotalt 337,00 kr\nVarav moms', 'SE', 'SEK'],
  ['Kvittering\nI alt 12,00 kr\nheraf moms\nDankort', 'DK', 'DKK'],
  ['Salgskvittering\nSum 12,00 kr\nMVA', 'NO', 'NOK'],
  ['12,00 kr', null, null],
  ['Cape Town\nR 249.90', 'ZA', 'ZAR'],
  ['Table R 249.90', null, null],
  ['Beijing\n¥ 300', 'CN', 'CNY'],
  ['TOKYO\n¥ 300', 'JP', 'JPY'],
  ['1,500/-\nGSTIN 33ABCDE1234F1Z5 Chennai', 'IN', 'INR'],
  ['1,500/-', null, null],
])('%j: country %s, currency %s', (text, country, currency) => {
  expect(detectLocale(text)).toMatchObject({ country, currency })
})

test.each([
  ['a state and a ZIP code', '3/10/2016\nAustin, TX 78701', false],
  ['a ZIP code with an O', '3/10/2016\nColumbus, 0H 432l5 OH 4321O', false],
  ['the name of a state and a phone', '3/10/2016 4:05 PM\nPortland, Oregon\n503-555-0119', false],
  ['another date of the month first', '3/10/2016\n03/25/2016', false],
  ['the same date with the year first', '3/10/2016\n2016-03-10', false],
  ['another date of the day first', '3/10/2016\n25/03/2016', true],
  ['the same date with its month in words', '3/10/2016\n3 Oct 2016', true],
  ['a legal form', '3/10/2016\nABC SDN BHD', true],
  ['a tax of one country', '3/10/2016\nGSTIN 27AAAAA0000A1Z5', true],
  ['a language', '3/10/2016\nRechnungsbetrag\nZu zahlen\nMehrwertsteuer', true],
  ['a calling code', '3/10/2016\n+60 3 7955 2020\nJalan Setia', true],
])('%s decides the order of day and month', (_, text, dayFirst) => {
  const p = detectLocale(text).dayFirst
  expect(dayFirst ? p : 1 - p).toBeGreaterThan(0.9)
})

test.each(['3/10/2016', '3/10/2016 4:05 PM\nTOTAL 25.25', 'TOTAL $5.00\n3/10/2016', 'Toronto\n3/10/2016'])(
  '%j leaves the order open',
  (text) => {
    const p = detectLocale(text).dayFirst
    expect(Math.max(p, 1 - p)).toBeLessThan(0.9)
  },
)

test('evidence of both orders is weighed', () => {
  const p = detectLocale('3/10/2016\nAustin, TX 78701\n25/03/2016').dayFirst
  expect(p).toBeGreaterThan(detectLocale('3/10/2016\nAustin, TX 78701').dayFirst)
  expect(p).toBeLessThan(detectLocale('3/10/2016\n25/03/2016').dayFirst)
})
