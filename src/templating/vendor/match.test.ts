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

test('the one that says most wins, whatever the order', () => {
  expect(chosen(shop, branch, elsewhere)).toBe('branch')
  expect(chosen(elsewhere, branch, shop)).toBe('branch')
  expect(chosen(template('a', 'KEDAI'), shop)).toBe('shop')
  expect(chosen(template('b', 'KEDAI'), template('a', 'KEDAI'))).toBe('a')
})
