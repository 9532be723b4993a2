import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ParallaxError } from '../../core/errors.ts'
import { localTenant } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { applies, certificateSchema, type Certificate } from '../../trust/certificate.ts'
import { certified } from './certificates.ts'
import { latest } from '../types/latest.ts'

export interface NamedCertificate {
  readonly name: string
  readonly certificate: Certificate
}

/** The certificates of a data folder: `NAME.json` each, those of tenants other than the local one in folders of their own. */
export interface CertificateStore {
  /** By name; a file that is no certificate is none of them. */
  list(tenant: string): Promise<readonly NamedCertificate[]>
  /** Replaces one of the same name. E_BAD_REQUEST for a name that no file can have. */
  put(tenant: string, name: string, certificate: Certificate): Promise<void>
  /** False when there is none of this name. */
  delete(tenant: string, name: string): Promise<boolean>
  /** Marks results as they were read by the newest certificate that applies to each; for as long as a request takes. */
  marker(tenant: string): Promise<(result: ExtractionResult) => ExtractionResult>
}

/** No paths, nothing hidden. */
const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

function fileOf(folder: string, name: string): string {
  if (nameForm.test(name)) return join(folder, `${name}.json`)
  throw new ParallaxError(
    'E_BAD_REQUEST',
    'A certificate is named by letters, digits, dots and dashes, at most 100.',
  )
}

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code

async function jsonFilesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

async function timeOf(folder: string): Promise<number | null> {
  try {
    return (await stat(folder)).mtimeMs
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Null for what is no certificate, or has gone away meanwhile. */
async function read(file: string): Promise<Certificate | null> {
  try {
    const parsed = certificateSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return null
    throw error
  }
}

async function readAll(folder: string): Promise<readonly NamedCertificate[]> {
  const files = await jsonFilesIn(folder)
  const found = files.map(async (file): Promise<NamedCertificate[]> => {
    const certificate = await read(join(folder, file))
    return certificate ? [{ name: file.slice(0, -'.json'.length), certificate }] : []
  })
  return (await Promise.all(found)).flat()
}

/** Of those that apply, the newest. */
const newestFor = (result: ExtractionResult, all: readonly NamedCertificate[]): Certificate | null =>
  all
    .map(({ certificate }) => certificate)
    .filter((certificate) => applies(certificate, result))
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt))[0] ?? null

/** Opens the certificates of a data folder. Its folder is made when the first certificate is put there. */
export function openCertificateStore(home: string): CertificateStore {
  const folder = join(home, 'certificates')
  const kept = latest<Promise<readonly NamedCertificate[]>>()
  let changes = 0
  const folderOf = (tenant: string): string =>
    tenant === localTenant ? folder : join(folder, `@${encodeURIComponent(tenant)}`)

  /** Read anew after a change here, and after one by another process, which moves the folder's time. */
  async function list(tenant: string): Promise<readonly NamedCertificate[]> {
    const place = folderOf(tenant)
    return kept([place, await timeOf(place), changes], () => readAll(place))
  }

  return {
    list,
    async put(tenant, name, certificate) {
      const file = fileOf(folderOf(tenant), name)
      await mkdir(folderOf(tenant), { recursive: true, mode: 0o700 })
      const part = `${file}.${randomUUID()}.part`
      await writeFile(part, `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600 })
      await rename(part, file)
      changes++
    },
    async delete(tenant, name) {
      try {
        await rm(fileOf(folderOf(tenant), name))
        changes++
        return true
      } catch (error) {
        if (isCode(error, 'ENOENT')) return false
        throw error
      }
    },
    async marker(tenant) {
      const all = await list(tenant)
      return (result) => certified(result, newestFor(result, all))
    },
  }
}
