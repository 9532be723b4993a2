import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Row } from '../../core/row.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { sampleCertificate } from '../../trust/certificate.case.ts'
import { openShelf, type CertificateShelf } from './certificate-store.ts'
import { toRow } from '../results/rows.ts'

let home: string
let shelf: CertificateShelf
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shelf-'))
  shelf = openShelf(home)
})
afterEach(() => rm(home, { recursive: true }))

const row: Row = toRow('a.jpg', sampleResult())
const isCertified = async (tenant = 'local') => (await shelf.marker(tenant))(row).fields['/total']!.certified

test('an empty shelf certifies nothing', async () => {
  expect(await shelf.list('local')).toEqual([])
  expect(await isCertified()).toBe(false)
  expect(await shelf.delete('local', 'none')).toBe(false)
})

test('rows are marked by a certificate that applies, until it is taken away', async () => {
  await shelf.put('local', 'receipts-2024', sampleCertificate())
  expect(await shelf.list('local')).toEqual([{ name: 'receipts-2024', certificate: sampleCertificate() }])
  expect(await isCertified()).toBe(true)
  expect(await shelf.delete('local', 'receipts-2024')).toBe(true)
  expect(await isCertified()).toBe(false)
})

test('of several that apply the newest counts', async () => {
  const later = sampleCertificate({ madeAt: '2024-06-01T00:00:00.000Z', fields: {} })
  await shelf.put('local', 'b', later)
  await shelf.put('local', 'a', sampleCertificate())
  await shelf.put(
    'local',
    'c',
    sampleCertificate({ madeAt: '2025-01-01T00:00:00.000Z', models: ['other@1'] }),
  )
  expect(await isCertified()).toBe(false)
  await shelf.delete('local', 'b')
  expect(await isCertified()).toBe(true)
})

test('tenants have their own', async () => {
  await shelf.put('../local', 'a', sampleCertificate())
  expect(await isCertified()).toBe(false)
  expect(await isCertified('../local')).toBe(true)
})

test('a certificate that was copied into the folder counts, and what is none does not', async () => {
  await mkdir(join(home, 'certificates'))
  expect(await isCertified()).toBe(false)
  await writeFile(join(home, 'certificates', 'notes.json'), 'not JSON')
  await writeFile(join(home, 'certificates', 'other.json'), '{"version":2}')
  await writeFile(join(home, 'certificates', 'copied.json'), JSON.stringify(sampleCertificate()))
  expect((await shelf.list('local')).map(({ name }) => name)).toEqual(['copied'])
  expect(await isCertified()).toBe(true)
})

test.each(['../x', '.hidden', 'a/b', '', 'x'.repeat(101), 'a\0b'])('refuses the name %j', async (name) => {
  await expect(shelf.put('local', name, sampleCertificate())).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
  await expect(shelf.delete('local', name)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})
