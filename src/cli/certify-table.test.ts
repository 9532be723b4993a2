import { expect, test } from 'vitest'
import { extend } from '../trust/audit.ts'
import { sampleCertificate, sampleProof } from '../trust/certificate.case.ts'
import { describeCertificate } from './certify-table.ts'

const certificate = sampleCertificate({
  fields: { '/total': sampleProof({ accepted: 300, documents: 300, bound: 0.01 }), '/date': sampleProof() },
})

/** What stands in the cells of a field's line. */
const lineOf = (text: string, field: string): readonly string[] => {
  const line = text.split('\n').find((one) => one.includes(field))!
  return line.split('│').map((cell) => cell.trim()).filter((cell) => cell !== '') // prettier-ignore
}

const values = (count: number, wrong: number) =>
  Array.from({ length: count }, (_, i) => ({ field: '/total' as const, wrong: i < wrong }))

test('without audits only what was proven is told', () => {
  const text = describeCertificate(certificate)
  expect(lineOf(text, '/total')).toEqual(['/total', '0.9', '300 of 300, 100 %', '0', '1 %'])
  expect(text).not.toMatch(/audit/)
})

test.each([
  [50, 10, ['50', '10', '6.3 % – 41.5 %'], true],
  [40, 0, ['40', '0', '0 % – 12.7 %'], false],
  [3, 3, ['3', '3', '25 % – 100 %'], true],
])('%i audited, %i wrong: both figures stand side by side', (count, wrong, cells, isVoid) => {
  const text = describeCertificate(extend(certificate, values(count, wrong)))
  const line = lineOf(text, '/total')
  expect(line.slice(0, 5)).toEqual(['/total', '0.9', '300 of 300, 100 %', '0', '1 %'])
  expect(line.slice(5)).toEqual(cells)
  expect(lineOf(text, '/date').slice(5)).toEqual(['–', '–', '–'])
  expect(text.includes('/total: no longer certified: the audits speak against it')).toBe(isVoid)
  expect(text).toMatch(/counted apart/)
})

test('a certificate that was audited before audits were kept apart shows its labelled documents', () => {
  const before = sampleCertificate({ fields: { '/total': sampleProof({ accepted: 90, audited: 10 }) } })
  expect(lineOf(describeCertificate(before), '/total')[2]).toBe('80 of 100, 80 %')
})
