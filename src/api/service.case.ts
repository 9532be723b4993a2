import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { openService } from '../app/service.ts'
import { openWorker } from '../app/worker.ts'
import { readConfig, type Config } from '../config.ts'
import { problemSchema } from '../contract/common.ts'
import type { Role } from '../core/access.ts'
import { nativeTesseractVersion } from '../ocr/engines/tesseract.ts'
import { createKey } from '../service/access/keys.ts'
import { createServer } from './server.ts'
import type { Service } from './service.ts'

/** The faster of the engines that are here. */
const ocr = (await nativeTesseractVersion()) === null ? 'tesseract-js' : 'tesseract'

export const samplePage = (name: string): string =>
  fileURLToPath(new URL(`../../samples/receipt/${name}/page.jpg`, import.meta.url))

export interface TestService extends AsyncDisposable {
  readonly url: string
  readonly home: string
  readonly config: Config
  readonly service: Service
  /** What the service complained of. */
  readonly troubles: readonly unknown[]
  /** The lines of the log. */
  readonly log: readonly string[]
  /** Sends a request, as whoever has the key. */
  send(path: string, init?: RequestInit, key?: string): Promise<Response>
  /** A key that is made at once. */
  key(role: Role, tenant: string): Promise<string>
  /** Starts what reads. */
  work(): Promise<AsyncDisposable>
}

interface TestOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly change?: (service: Service) => Partial<Service>
}

/** A service with its own data folder and Redis that listens on this machine; for tests. */
export async function openTestService({
  env = {},
  change = () => ({}),
}: TestOptions = {}): Promise<TestService> {
  const home = await mkdtemp(join(tmpdir(), 'parallax-api-'))
  const settings = {
    PATH: process.env.PATH,
    PARALLAX_OCR: ocr,
    PARALLAX_ACCEPT: 'uncalibrated',
    PARALLAX_CONCURRENCY: '1',
    USER: 'tester',
  }
  const config = readConfig({ ...settings, PARALLAX_HOME: home, ...env })
  const troubles: unknown[] = []
  const log: string[] = []
  const opened = await openService(config, (trouble) => troubles.push(trouble))
  const service = { ...opened, ...change(opened) }
  const stream = { write: (line: string) => void log.push(line) }
  const app = await createServer(service, { logger: { level: 'info', stream } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return {
    url,
    home,
    config,
    service,
    troubles,
    log,
    send: (path, init = {}, key) =>
      fetch(url + path, {
        ...init,
        headers: { ...init.headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      }),
    key: async (role, tenant) =>
      (await createKey(service.store.keys, { name: `${role} of ${tenant}`, role, tenant })).key,
    work: () => openWorker(config, (trouble) => troubles.push(trouble)),
    async [Symbol.asyncDispose]() {
      await app.close()
      await opened[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** The body of an answer with this status, checked. */
export async function answerOf<S extends z.ZodType>(
  sent: Promise<Response>,
  status: number,
  schema: S,
): Promise<z.infer<S>> {
  const response = await sent
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text}`)
  return schema.parse(JSON.parse(text))
}

/** The code of a problem, which is checked to be one. */
export async function codeOf(sent: Promise<Response>): Promise<string> {
  const response = await sent
  const problem = problemSchema.parse(await response.json())
  if (response.headers.get('content-type') !== 'application/problem+json; charset=utf-8')
    throw new Error(`A problem came as ${response.headers.get('content-type')}`)
  if (problem.status !== response.status) throw new Error(`${problem.status} came as ${response.status}`)
  return problem.code
}

export interface FormFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** A form with fields and files. */
export function formOf(fields: Readonly<Record<string, string>>, ...files: readonly FormFile[]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const { name, bytes } of files) form.append('files', new Blob([bytes]), name)
  return form
}
