import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import { chooseTemplate, isMatch, matchOf } from './match.ts'
import { vendorTemplateSchema, type VendorTemplate } from './vendor-template.ts'

const template = (name: string, match: unknown): VendorTemplate =>
  vendorTemplateSchema.parse({
    name,
    vendor: name,
    type: 'receipt',
    match,
    fields: { '/total': { anchor: 'T' } },
  })

const pages = [pageOf('KEDAI MAJV SDN BHD\nGST No: 0042'), pageOf('JALAN BESAR', { page: 2 })]
const chosen = (...templates: VendorTemplate[]) => chooseTemplate(pages, templates)?.name ?? null

const shop = template('shop', 'KEDAI MAJU SDN BHD')
const branch = template('branch', ['KEDAI MAJU SDN BHD', 'JALAN BESAR'])
const elsewhere = template('elsewhere', ['KEDAI MAJU SDN BHD', 'JALAN KECIL'])

test('all marks must be found, misread letters forgiven, on any page', () => {
  expect(chosen(shop)).toBe('shop')
  expect(chosen(elsewhere)).toBeNull()
  expect(chosen(template('by-number', { regex: 'GST No: \\d{4}$' }))).toBe('by-number')
  expect(chosen(template('other', { regex: 'VAT No' }))).toBeNull()
  expect(matchOf(pages, elsewhere).found).toEqual(['KEDAI MAJU SDN BHD'])
  expect(isMatch(matchOf(pages, elsewhere))).toBe(false)
})

test.each([
  ['Kedai Maju Cawangan 11', 'shop'],
  ['KEDAI MAJU CAW4NGAN 11', null],
  ['KEDAI MAJV CAWANGAN 1 1', 'shop'],
  ['KEDAI MAJU CAWANGAN 12', null],
  ['KEDAI MAJU CAWANGAN', null],
  ['KEDAI MAJU CAWANGAN 12 / KEDAI MAJU CAWANGAN 11', 'shop'],
])('the digits of a mark are not forgiven: %s', (line, name) => {
  const own = template('shop', 'KEDAI MAJU CAWANGAN 11')
  expect(chooseTemplate([pageOf(line)], [own])?.name ?? null).toBe(name)
})

test('a letter of a mark without digits may be misread as one', () => {
  expect(chooseTemplate([pageOf('KEDA1 MAJU')], [template('shop', 'KEDAI MAJU')])?.name).toBe('shop')
})

test('the one that says most wins, whatever the order', () => {
  expect(chosen(shop, branch, elsewhere)).toBe('branch')
  expect(chosen(elsewhere, branch, shop)).toBe('branch')
  expect(chosen(template('a', 'KEDAI'), shop)).toBe('shop')
  expect(chosen(template('b', 'KEDAI'), template('a', 'KEDAI'))).toBe('a')
})
