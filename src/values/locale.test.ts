import { expect, test } from 'vitest'
import { detectLocale } from './locale.ts'

test.each([
  ['KEDAI ABC SDN BHD, SELANGOR\nRM 5.00', 'MY', true, 'MYR'],
  ['KEDAI ABC SDN BHD\n$5.00', 'MY', true, 'MYR'],
  ['ABC PTE LTD\n$3.00', 'SG', true, 'SGD'],
  ['MUSTER GMBH 3,00 €', 'DE', true, 'EUR'],
  ['TVA 20% 3,00 €', 'FR', true, 'EUR'],
  ['GSTIN 27AAAAA0000A1Z5 Rs. 500', 'IN', true, 'INR'],
  ['Sydney Australia $3', 'AU', true, 'AUD'],
  ['Toronto, Canada $5', 'CA', true, 'CAD'],
  ['£3.00', 'GB', true, 'GBP'],
  ['Austin, TX 78701', 'US', false, null],
  ['New York, NY 10001 $3', 'US', false, 'USD'],
  ['TOTAL $5.00', null, false, 'USD'],
  ['TOTAL HK$5.00', null, true, 'HKD'],
  ['TOTAL 5.00', null, true, null],
])('%j: country %s, day first %s, currency %s', (text, country, dayFirst, currency) => {
  expect(detectLocale(text)).toEqual({ country, dayFirst, currency })
})
