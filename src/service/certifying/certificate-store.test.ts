import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { sampleCertificate } from '../../trust/certificate.case.ts'
import { openCertificateStore, type CertificateStore } from './certificate-store.ts'
import { namedResult } from '../results/result-of-job.ts'

let home: string
let certificates: CertificateStore
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'certificates-'))
  certificates = openCertificateStore(home)
})
afterEach(() => rm(home, { recursive: true }))

const result: ExtractionResult = namedResult('a.jpg', sampleResult())
const isCertified = async (tenant = 'local') =>
  (await certificates.marker(tenant))(result).fields['/total']!.certified

test('an empty certificates certifies nothing', async () => {
  expect(await certificates.list('local')).toEqual([])
  expect(await isCertified()).toBe(false)
  expect(await certificates.delete('local', 'none')).toBe(false)
})

test('rows are marked by a certificate that applies, until it is taken away', async () => {
  await certificates.put('local', 'receipts-2024', sampleCertificate())
  expect(await certificates.list('local')).toEqual([
    { name: 'receipts-2024', certificate: sampleCertificate() },
  ])
  expect(await isCertified()).toBe(true)
  expect(await certificates.delete('local', 'receipts-2024')).toBe(true)
  expect(await isCertified()).toBe(false)
})

test('of several that apply the newest counts', async () => {
  const later = sampleCertificate({ madeAt: '2024-06-01T00:00:00.000Z', fields: {} })
  await certificates.put('local', 'b', later)
  await certificates.put('local', 'a', sampleCertificate())
  await certificates.put(
    'local',
    'c',
    sampleCertificate({ madeAt: '2025-01-01T00:00:00.000Z', models: ['other@1'] }),
  )
  expect(await isCertified()).toBe(false)
  await certificates.delete('local', 'b')
  expect(await isCertified()).toBe(true)
})

test('tenants have their own', async () => {
  await certificates.put('../local', 'a', sampleCertificate())
  expect(await isCertified()).toBe(false)
  expect(await isCertified('../local')).toBe(true)
})

test('a certificate that was copied into the folder counts, and what is none does not', async () => {
  await mkdir(join(home, 'certificates'))
  expect(await isCertified()).toBe(false)
  await writeFile(join(home, 'certificates', 'notes.json'), 'not JSON')
  await writeFile(join(home, 'certificates', 'other.json'), '{"version":2}')
  await writeFile(join(home, 'certificates', 'copied.json'), JSON.stringify(sampleCertificate()))
  expect((await certificates.list('local')).map(({ name }) => name)).toEqual(['copied'])
  expect(await isCertified()).toBe(true)
})

test.each(['../x', '.hidden', 'a/b', '', 'x'.repeat(101), 'a\0b'])('refuses the name %j', async (name) => {
  await expect(certificates.put('local', name, sampleCertificate())).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
  })
  await expect(certificates.delete('local', name)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})
